/** Channel by which preload, and nobody else, tells the path of a dropped file. */
export const DROPPED_PATH = 'dropped-path';
