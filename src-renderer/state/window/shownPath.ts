import { pathWords } from './pathWords.ts';
import { project } from './project.svelte.ts';
import { settings } from './settings.svelte.ts';

/** A path as the user knows it, seen from the open project and the own folder; Windows has no "~". */
export function shownPath(path: string): string {
  const { platform, home } = settings.info;
  return pathWords(path, {
    project: project.current?.path,
    home: platform === 'win32' ? undefined : home,
  });
}
