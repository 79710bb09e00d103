/** Optional package: the half of the backend that is written in JavaScript, and the sources of the addon. */
export const TENSORFLOW_PACKAGE = '@tensorflow/tfjs-node-gpu';
