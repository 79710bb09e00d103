import type { JobKind, RequestOf } from '#contract/jobs/jobKinds.ts';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';

const sizes = { family: 'unet', width: 16, alphas: [1, 0.25] } as const;
const question = {
  ...{ dataset: 3, ...sizes, alphas: [...sizes.alphas] },
  ...{ limits: { retain: 0.95, safe: false }, workingSide: 256 },
};
const training = { recipe: DEFAULT_RECIPE, device: 'native', threads: null } as const;

/** A request of every kind; each path that one names lies in /etc, which no user of a test has chosen. */
export const EXAMPLE_REQUESTS: { readonly [Kind in JobKind]: RequestOf<Kind> } = {
  'check-dataset': { kind: 'check-dataset', path: '/etc/cells' },
  'add-dataset': { kind: 'add-dataset', path: '/etc/cells.zip', name: 'cells', splitMode: 'hashed' },
  'relocate-dataset': { kind: 'relocate-dataset', dataset: 3, path: '/etc/cells' },
  'measure-complexity': { kind: 'measure-complexity', dataset: 3, workingSide: 256 },
  calibrate: {
    ...{
      kind: 'calibrate',
      datasets: [3, 4],
      ...sizes,
      alphas: [1],
      seeds: [1, 2],
      ...training,
    },
  },
  predict: { kind: 'predict', ...question },
  compress: {
    kind: 'compress',
    ...question,
    ...training,
    seed: 1,
    formats: ['onnx'],
    out: '/etc/small',
    verifyGoal: false,
  },
  'verify-goal': { kind: 'verify-goal', outcome: 2, device: 'native', threads: null },
  segment: {
    kind: 'segment',
    network: 7,
    path: '/etc/new',
    out: '/etc/segmented',
    device: 'native',
    threads: null,
    threshold: null,
    scale: 'auto',
    probabilities: false,
    overlays: true,
  },
  'segment-with-file': {
    kind: 'segment-with-file',
    model: '/etc/glands.onnx',
    path: '/etc/new',
    out: '/etc/segmented',
    device: 'native',
    threads: 2,
    threshold: 0.4,
    scale: 'side',
    probabilities: true,
    overlays: false,
  },
  'preview-segmentation': {
    kind: 'preview-segmentation',
    network: 7,
    path: '/etc/new',
    scale: 'auto',
    most: 4,
  },
  export: { kind: 'export', network: 7, formats: ['onnx', 'tfjs'], out: '/etc/small' },
  examples: { kind: 'examples', network: 7 },
  'test-images': { kind: 'test-images', network: 7 },
  report: { kind: 'report', dataset: 3, out: '/etc/report.html' },
  'export-library': { kind: 'export-library', file: '/etc/library.json' },
  'import-library': { kind: 'import-library', file: '/etc/library.json' },
  'remove-library': { kind: 'remove-library', library: 'starter' },
  'inspect-devices': { kind: 'inspect-devices', only: ['native'] },
  'make-demo': { kind: 'make-demo', out: '/etc/demo' },
};
