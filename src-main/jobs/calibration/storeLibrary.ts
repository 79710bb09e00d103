import { basename } from 'node:path';
import { shown } from '#common/shownText.ts';
import { mergeLibrary, type LibraryMerge } from '../../calibration/mergeLibrary.ts';
import { readLibraryFile } from '../../calibration/readLibraryFile.ts';
import type { Project } from '../../project/project.ts';

/** Words that stand for other things where a library is named. */
const RESERVED = new Set(['starter', 'unnamed']);

/** Adds what a library file knows of datasets and those of its runs that the project does not have yet: all or nothing. */
export function storeLibrary(project: Project, file: string): LibraryMerge {
  const library = readLibraryFile(file);
  return project.transaction(() => {
    const merge = mergeLibrary(project.runs.all(), library);
    project.calibratedDatasets.import(library.datasets);
    if (merge.added.length > 0) project.runs.import(merge.added, 'imported', freeName(project, file));
    return merge;
  });
}

/** What the library is called in the project: as its file, and apart from others whose files are called the same. */
function freeName(project: Project, file: string): string {
  const taken = new Set(project.runs.libraries().map(({ library }) => library));
  const name = shown(basename(file)).slice(0, 100);
  for (let copy = 1; ; copy++) {
    const candidate = copy === 1 ? name : `${name} (${copy})`;
    if (!taken.has(candidate) && !RESERVED.has(candidate)) return candidate;
  }
}
