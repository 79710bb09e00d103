import type { ExportFormat } from './requestFields.ts';

/** Unless told otherwise. */
export const DEFAULT_FORMATS: readonly ExportFormat[] = ['onnx', 'onnx-pixels', 'tfjs'];
