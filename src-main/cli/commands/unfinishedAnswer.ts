import { FAMILY_WORDS } from '#common/network/familyWords.ts';
import { problemOf } from '#common/failures/failures.ts';
import { formatFactor } from '#common/network/factor.ts';
import { unfinishedTrainings } from '../../jobs/training/resumeTraining.ts';
import type { Project } from '../../project/project.ts';
import type { Answer } from '../command.ts';
import { failureJson } from '../failureText.ts';
import { table } from '../table.ts';

/** The trainings that `ccnet run resume` can take up, with where they stopped and why. */
export function unfinishedAnswer(project: Project): Answer {
  const names = new Map(project.datasets.list().map(({ id, name }) => [id, name]));
  const trainings = unfinishedTrainings(project).map(
    ({ id, datasetId, network, recipe, seed, state, device, error }) => ({
      id,
      dataset: names.get(datasetId) ?? null,
      network,
      seed,
      state,
      epochs: project.checkpoints.history(id).length,
      of: recipe.epochs,
      device,
      error,
    }),
  );
  const rows = trainings.map((entry) => [
    String(entry.id),
    entry.dataset ?? '(removed)',
    `${FAMILY_WORDS[entry.network.family].plain} ${entry.network.width}`,
    formatFactor(entry.network.factor),
    `${entry.epochs} of ${entry.of}`,
    entry.state,
    entry.error ? problemOf(entry.error) : (entry.device ?? ''),
  ]);
  const heads = ['training', 'dataset', 'network', 'factor', 'epochs', 'state', 'why, or on what'];
  const json = trainings.map((entry) => ({ ...entry, error: entry.error && failureJson(entry.error) }));
  return { json, text: rows.length === 0 ? 'All trainings are finished.' : table(heads, rows) };
}
