import { openCompiledStep } from './compiled/openCompiledStep.ts';
import type { Reference } from './selfTest.ts';

/** What the devices other than native are compared with. */
export const nativeReference: Reference = { openStep: openCompiledStep, name: 'the native device' };
