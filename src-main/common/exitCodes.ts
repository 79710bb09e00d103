/** Exit codes of the command line; every failure has one. */
export const EXIT = { done: 0, internal: 1, usage: 2, badData: 3, limits: 4, cancelled: 130 } as const;
