import { guardStep } from '../guardStep.ts';
import type { OpenStep } from '../trainingStep.ts';
import { CompiledStep } from './compiledStep.ts';

/** Makes steps of the native engine, straight from the layer table. @throws other-weights */
export const openCompiledStep: OpenStep = async (order) => guardStep('native', () => new CompiledStep(order));
