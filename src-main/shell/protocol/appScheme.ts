/** The window's own origin. */
export const APP_SCHEME = 'app';
export const APP_ORIGIN = `${APP_SCHEME}://ccnet`;
/** The hidden window's origin: another one, so that the two pages can reach nothing of each other. */
export const WEBGPU_ORIGIN = `${APP_SCHEME}://webgpu`;
export const WEBGPU_PAGE = `${WEBGPU_ORIGIN}/index.html`;
export const APP_PAGE = `${APP_ORIGIN}/index.html`;
