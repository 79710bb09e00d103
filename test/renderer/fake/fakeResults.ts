import type { JobView } from '#contract/channels.ts';
import { PLAIN_READING } from '#common/dataset/readMaskValue.ts';
import type { Sample } from '#common/dataset/dataset.ts';
import type { JobRequest } from '#contract/jobs/jobKinds.ts';
import { fakePreview, fakeSegmentation } from './fakeUse.ts';
import { fakeFindings } from './fakeImages.ts';

const sample = (i: number): Sample => ({
  name: `field-${i}`,
  image: `images/field-${i}.tif`,
  masks: [`masks/field-${i}.tif`],
  page: 0,
  width: 640,
  height: 480,
  channels: 1,
  bitDepth: 8,
  maskReading: 'binary',
  foreground: 0.3,
  imageHash: `i${i}`,
  maskHash: `m${i}`,
  givenSplit: null,
});

/** What a job of the fake main process ends with. */
export function fakeResult(request: JobRequest): JobView['result'] {
  switch (request.kind) {
    case 'check-dataset': {
      const samples = Array.from({ length: 48 }, (_, i) => sample(i + 1));
      return {
        root: request.path,
        convention: 'images/ and masks/ folders',
        samples,
        candidates: {
          images: samples.map(({ image }) => image),
          masks: samples.flatMap(({ masks }) => masks),
        },
        findings: fakeFindings(9),
        reading: {
          ...PLAIN_READING,
          masks: { ...PLAIN_READING.masks, ignored: 65_535, names: ['Tumour', 'Stroma'] },
        },
        maskValues: [
          { value: 0, masks: 48, share: 0.7, readAs: 'background' },
          { value: 1, name: 'Tumour', masks: 48, share: 0.2, readAs: 'foreground' },
          { value: 2, name: 'Stroma', masks: 31, share: 0.09, readAs: 'foreground' },
          { value: 65_535, masks: 4, share: 0.01, readAs: 'ignored' },
        ],
        maskSources: [
          { name: 'annotations', masks: 48, used: true },
          { name: 'labels/', masks: 40, used: false },
        ],
        fileChannels: 1,
      };
    }
    case 'add-dataset':
      return {
        id: 1,
        name: request.name,
        images: { train: 29, validation: 10, test: 9 },
        convention: 'images/ and masks/ folders',
        findings: fakeFindings(9),
      };
    case 'calibrate': {
      const planned = request.datasets.length * request.alphas.length;
      const forecast = { seconds: 40 * planned, low: 30 * planned, high: 50 * planned, peakBytes: 610e6 };
      return { trained: request.dryRun ? 0 : planned, skipped: 0, planned, forecast, runs: [] };
    }
    case 'relocate-dataset':
      return { dataset: 'colon glands', from: '/data/lab/colon-glands', to: request.path, images: 5000 };
    case 'inspect-devices':
      return [
        {
          id: 'native',
          name: 'CPU (native), native 0.3.0 (avx512, 8 threads)',
          usable: true,
          failure: null,
          selfTest: 'passed, largest difference 3.1e-6',
          stepMs: 41,
          memoryBytes: 16e9,
        },
        {
          id: 'webgpu',
          name: 'GPU (WebGPU)',
          usable: false,
          failure: { code: 'webgpu-no-adapter', facts: { device: 'webgpu' } },
          selfTest: null,
          stepMs: null,
          memoryBytes: null,
        },
        {
          id: 'tensorflow',
          name: 'NVIDIA GPU (TensorFlow)',
          usable: false,
          failure: { code: 'tensorflow-not-set-up', facts: { device: 'tensorflow' } },
          selfTest: null,
          stepMs: null,
          memoryBytes: null,
        },
      ];
    case 'examples':
      return (['best', 'median', 'worst'] as const).map((label, i) => ({
        label,
        name: `section-00${i + 1}`,
        dice: 0.95 - i * 0.12,
        overlay: `media/image/${i + 100001}`,
      }));
    case 'preview-segmentation':
      return fakePreview();
    case 'segment':
      return fakeSegmentation();
    case 'export':
      return [
        { file: '/data/lab/exports/colon.onnx', format: 'onnx', bytes: 141_000, largestDifference: 2.4e-7 },
      ];
    case 'import-library':
      return { added: 84, skipped: 0, removed: 0, refused: [] };
    case 'remove-library':
      return { removed: 60, kept: 0 };
    default:
      return null;
  }
}
