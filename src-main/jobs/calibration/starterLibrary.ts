import { runKey } from '#common/calibration/runKey.ts';
import type { StarterLibraryView } from '#contract/channels.ts';
import type { ImportedLibrary } from '../../calibration/importLibrary.ts';
import { mergeLibrary } from '../../calibration/mergeLibrary.ts';
import { readLibraryFile } from '../../calibration/readLibraryFile.ts';
import { shippedLibrary } from '../../calibration/shippedLibrary.ts';
import type { Project } from '../../project/project.ts';
import type { StoredRun } from '../../project/records/calibrationRuns.ts';

/** What bringing the library in, or taking it out, changed. */
export interface StarterLibraryChange {
  readonly added: number;
  /** Of the library, and in the project already. */
  readonly skipped: number;
  readonly removed: number;
  /** Runs of the library that stay because the user left them out of predictions, with a reason that nobody should lose. */
  readonly kept: number;
}

/**
 * Brings the library that comes with the product into a project, as this version of the product has it: what is missing is added, and what an
 * older version's library brought and this one's no longer has is taken out.
 */
export function addStarterLibrary(project: Project): StarterLibraryChange {
  const { library, keys: current } = shipped();
  return project.transaction(() => {
    const { removed, kept } = takeOut(
      project,
      ({ origin, run }) => origin === 'starter' && !current.has(runKey(run)),
    );
    const { added, skipped } = mergeLibrary(project.runs.all(), library);
    project.calibratedDatasets.import(library.datasets);
    project.runs.import(added, 'starter');
    return { added: added.length, skipped, removed, kept };
  });
}

/** Takes the library that comes with the product out of a project; `addStarterLibrary` brings it back. */
export function removeStarterLibrary(project: Project): StarterLibraryChange {
  const { keys: current } = shipped();
  return project.transaction(() => {
    // Version 0.1.0 did not note which library a run came from.
    const { removed, kept } = takeOut(
      project,
      ({ origin, run }) => origin === 'starter' || current.has(runKey(run)),
    );
    return { added: 0, skipped: 0, removed, kept };
  });
}

/** What a project holds of the library that comes with the product. */
export function starterLibraryOf(project: Project): StarterLibraryView {
  const {
    library: { runs },
    keys: current,
  } = shipped();
  const stored = project.runs.list();
  return {
    datasets: new Set(runs.map((run) => run.datasetFingerprint)).size,
    runs: current.size,
    held: stored.filter(({ run }) => current.has(runKey(run))).length,
    layerWise: project.runs.layerWise(),
    outdated: stored.filter(({ origin, run }) => origin === 'starter' && !current.has(runKey(run))).length,
  };
}

interface Shipped {
  readonly library: ImportedLibrary;
  readonly keys: ReadonlySet<string>;
}

let read: Shipped | undefined;

/** It changes with the product only, so it is read once. */
function shipped(): Shipped {
  if (!read) {
    const library = readLibraryFile(shippedLibrary('starter'));
    read = { library, keys: new Set(library.runs.map(runKey)) };
  }
  return read;
}

function takeOut(
  project: Project,
  goes: (stored: StoredRun) => boolean,
): Pick<StarterLibraryChange, 'removed' | 'kept'> {
  const ours = project.runs.list().filter((stored) => stored.origin !== 'own' && goes(stored));
  const going = ours.filter(({ run }) => run.excluded === null);
  const removed = project.runs.removeImported(going.map(({ id }) => id));
  project.calibratedDatasets.forgetUnused();
  return { removed, kept: ours.length - going.length };
}
