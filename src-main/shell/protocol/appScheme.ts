/** The window's own origin. */
export const APP_SCHEME = 'app';
export const APP_ORIGIN = `${APP_SCHEME}://ccnet`;
export const APP_PAGE = `${APP_ORIGIN}/index.html`;
