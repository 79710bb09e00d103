import { basename, join } from 'node:path';
import { CcnetError } from '#common/errors.ts';
import type { ExportedFile } from '#contract/jobs/exportKind.ts';
import { FORMAT_WORDS } from '#contract/jobs/formatWords.ts';
import type { RequestOf, ResultOf } from '#contract/jobs/jobKinds.ts';
import type { OnProgress } from '#contract/progress.ts';
import { type Engine, openEngine } from '../../engine/openEngine.ts';
import { exportGuide } from '../../export/guide/exportGuide.ts';
import { scriptsFor, scriptText } from '../../export/guide/scriptText.ts';
import { freeStem, guideName } from '../../export/exportStem.ts';
import type { Project } from '../../project/project.ts';
import type { TrainedNetworkRecord } from '../../project/records/trainedNetworks.ts';
import type { Job } from '../job.ts';
import { FORMATS } from './formats.ts';
import { outputsOf } from '../outputs.ts';
import { networkCard } from './networkCard.ts';
import { storedWeights } from '../training/storedWeights.ts';

type Formats = RequestOf<'export'>['formats'];

/** What was exported, and under which name. */
export interface Exported {
  readonly files: ExportedFile[];
  /** Common beginning of the files' names, for what is written beside them. */
  readonly stem: string;
}

/**
 * Writes a trained network in the asked formats and runs every file again on test images; a page beside them tells how to use them.
 * Files of other networks in the folder stay as they are.
 * @throws export-differs when a file disagrees with the trained network; it is not written then, and an older one stays
 */
export async function exportVerified(
  project: Project,
  engine: Engine,
  record: TrainedNetworkRecord,
  formats: Formats,
  out: string,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<Exported> {
  const dataset = record.datasetId === null ? undefined : project.datasets.byId(record.datasetId);
  if (!dataset) {
    throw new CcnetError('export-unverifiable', { network: record.id });
  }
  const weights = storedWeights(project, record);
  const card = await networkCard(project, dataset, record, weights, signal);
  const stem = await freeStem(out, card);
  const guide = join(out, guideName(stem));
  const outputs = outputsOf(project);
  const files: ExportedFile[] = [];
  for (const [done, format] of formats.entries()) {
    onProgress({
      stage: `Exporting: ${FORMAT_WORDS[format]}`,
      done,
      total: formats.length,
      unit: 'formats',
      secondsLeft: null,
    });
    const context = { project, engine, dataset, record, weights, card, out, stem, outputs, signal };
    files.push({ format, guide, ...(await FORMATS[format](context)) });
  }
  const named = files.map(({ file, format }) => ({
    name: format === 'tfjs' ? `${stem}-tfjs/` : basename(file),
    kind: format,
  }));
  const scripts = scriptsFor(formats);
  for (const name of scripts) await outputs.write(join(out, `${stem}-${name}`), await scriptText(name));
  await outputs.write(guide, exportGuide(card, stem, scripts, named));
  return { files, stem };
}

/** Exports one trained network of the project. */
export function exportNetwork(request: RequestOf<'export'>, project: Project): Job<ResultOf<'export'>> {
  return {
    async run(signal, onProgress) {
      const record = project.networks.byId(request.network);
      if (!record) {
        const known = project.networks.list().map(({ id }) => id);
        throw new CcnetError('unknown-network', { network: request.network, known });
      }
      const engine = await openEngine('native');
      const { formats, out } = request;
      return (await exportVerified(project, engine, record, formats, out, signal, onProgress)).files;
    },
  };
}
