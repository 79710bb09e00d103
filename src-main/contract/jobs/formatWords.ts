import type { ExportFormat } from './requestFields.ts';

/** Formats of exported networks as people know them. */
export const FORMAT_WORDS: { readonly [Format in ExportFormat]: string } = {
  onnx: 'ONNX',
  'onnx-pixels': 'ONNX with preparation',
  tfjs: 'TensorFlow.js',
  bioimageio: 'BioImage.IO package',
};
