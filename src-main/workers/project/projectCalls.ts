import type { ProjectView } from '#contract/channels.ts';
import { datasetCalls } from './datasetCalls.ts';
import { jobCalls } from './jobCalls.ts';
import { OpenedProject, type OpenMode } from './openedProject.ts';
import { resultCalls } from './resultCalls.ts';

/** Everything that the main process asks about the open project. */
export const projectCalls = () => {
  const opened = new OpenedProject();
  return {
    open: ({ path, mode }: { path: string; mode: OpenMode }): ProjectView => opened.open(path, mode),
    close: (): null => {
      opened.close();
      return null;
    },
    ...datasetCalls(opened),
    ...resultCalls(opened),
    ...jobCalls(opened),
  };
};
export type ProjectCalls = ReturnType<typeof projectCalls>;
