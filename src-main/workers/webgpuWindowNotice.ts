/** Notice by which a job asks the main process for a window that computes on WebGPU, and the name of the port that answers it. */
export const WEBGPU_WINDOW = 'webgpu-window';
