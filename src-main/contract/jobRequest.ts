import { z } from 'zod';
import { deviceIdSchema } from '#common/device/device.ts';
import { networkFamilySchema } from '#common/network/network.ts';
import { limitsSchema } from '#common/prediction/prediction.ts';
import { trainingRecipeSchema } from '#common/training/training.ts';

export { DEFAULT_ALPHAS } from '#common/network/defaultAlphas.ts';

const path = z.string().min(1).max(4096);
const datasetName = z.string().min(1).max(200);
const alphas = z.array(z.number().gt(0).max(1)).min(1).max(64);
const seed = z.number().int().nonnegative().max(0xffffffff);

export const EXPORT_FORMATS = ['onnx', 'tfjs'] as const;
const formats = z.array(z.enum(EXPORT_FORMATS)).min(1);

/** How images are dealt to train, validation and test: by content hash, or in blocks for stacks and movies. */
export const splitModeSchema = z.enum(['hashed', 'ordered']);
export type SplitMode = z.infer<typeof splitModeSchema>;

/** Pairing set by hand: image path to mask paths, relative to the dataset's root. */
export const pairingSchema = z.record(z.string(), z.array(z.string()).min(1));
export type Pairing = z.infer<typeof pairingSchema>;

/** Only these files of a folder or .zip, relative to it with forward slashes: what was dropped of it. */
const files = z.array(z.string().min(1).max(4096)).min(1).max(20_000).optional();

const base = { family: networkFamilySchema, width: z.number().int().min(1).max(1024) };
const training = {
  recipe: trainingRecipeSchema,
  device: deviceIdSchema,
  threads: z.number().int().min(1).max(256).nullable(),
};
const question = {
  dataset: datasetName,
  ...base,
  alphas,
  limits: limitsSchema,
  workingSide: z.number().int().min(32).max(4096),
};

/**
 * Everything that a long piece of work needs to know, as plain data: what the window sends, the command line builds and a
 * worker is started with. Paths are absolute or relative to the working directory.
 */
export const jobRequestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('check-dataset'), path, files, pairing: pairingSchema.optional() }),
  z.object({
    kind: z.literal('add-dataset'),
    path,
    files,
    name: datasetName,
    splitMode: splitModeSchema,
    pairing: pairingSchema.optional(),
  }),
  /** The files of a stored dataset lie somewhere else now. */
  z.object({ kind: z.literal('relocate-dataset'), dataset: datasetName, path }),
  z.object({
    kind: z.literal('measure-complexity'),
    dataset: datasetName,
    workingSide: z.number().int().min(32).max(4096),
  }),
  z.object({
    kind: z.literal('calibrate'),
    datasets: z.array(datasetName).min(1),
    ...base,
    alphas,
    seeds: z.array(seed).min(1).max(64),
    ...training,
    /** Only plan and foretell. */
    dryRun: z.boolean().optional(),
  }),
  z.object({ kind: z.literal('predict'), ...question }),
  z.object({ kind: z.literal('compress'), ...question, ...training, seed, formats, out: path }),
  z.object({ kind: z.literal('export'), network: z.number().int().positive(), formats, out: path }),
  /** Best, median and worst test image of a trained network, as pictures. */
  z.object({ kind: z.literal('examples'), network: z.number().int().positive() }),
  z.object({ kind: z.literal('report'), dataset: datasetName, out: path }),
  z.object({ kind: z.literal('export-library'), file: path }),
  z.object({ kind: z.literal('import-library'), file: path }),
  z.object({ kind: z.literal('inspect-devices'), only: z.array(deviceIdSchema).optional() }),
  /** Fills a new project with generated datasets, in the folder `out`, and the calibration library that belongs to them. */
  z.object({ kind: z.literal('make-demo'), out: path }),
]);
export type JobRequest = z.infer<typeof jobRequestSchema>;
export type JobKind = JobRequest['kind'];
export type RequestOf<Kind extends JobKind> = Extract<JobRequest, { kind: Kind }>;

/** Jobs that work without a project. */
const PROJECTLESS: ReadonlySet<JobKind> = new Set(['check-dataset', 'inspect-devices']);

/** Whether a job of this kind reads or writes a project. */
export function needsProject(kind: JobKind): boolean {
  return !PROJECTLESS.has(kind);
}
