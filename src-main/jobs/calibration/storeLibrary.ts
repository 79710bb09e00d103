import { mergeLibrary, type LibraryMerge } from '../../calibration/mergeLibrary.ts';
import { readLibraryFile } from '../../calibration/readLibraryFile.ts';
import type { Project } from '../../project/project.ts';

/** Adds what a library file knows of datasets and those of its runs that the project does not have yet: all or nothing. */
export function storeLibrary(project: Project, file: string): LibraryMerge {
  const library = readLibraryFile(file);
  return project.transaction(() => {
    const merge = mergeLibrary(project.runs.all(), library);
    project.calibratedDatasets.import(library.datasets);
    project.runs.import(merge.added);
    return merge;
  });
}
