import { extname, resolve } from 'node:path';

/** The .ccnet file that a start's arguments name, absolute, or null. */
export function projectArgument(args: readonly string[], folder: string): string | null {
  const named = args.find((arg) => !arg.startsWith('-') && extname(arg).toLowerCase() === '.ccnet');
  return named === undefined ? null : resolve(folder, named);
}
