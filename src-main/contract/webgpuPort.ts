/** Name of the message that hands a channel's end on: from the main process to the hidden window, and within it to its page. */
export const WEBGPU_PORT = 'webgpu-port';
