import type { Finding } from '#common/dataset/dataset.ts';
import type { FilePair } from './filePair.ts';

const SEGMENTATION = /^((?:.*\/)?)(\d\d)_(GT|ST)\/SEG\/man_seg(\d+)\.tiff?$/i;
const FRAME = /^((?:.*\/)?)(\d\d)\/t(\d+)\.tiff?$/i;
const ANNOTATION = /^((?:.*\/)?)(\d\d)_(GT|ST|ERR_SEG|RES)\//i;

interface Sequence {
  readonly folder: string;
  readonly frames: Map<string, string>;
  readonly gold: Map<string, string>;
  readonly silver: Map<string, string>;
  readonly annotations: string[];
}

/**
 * Pairs the layout of the Cell Tracking Challenge: frames NN/t000.tif with NN_GT/SEG/man_seg000.tif (gold) or
 * NN_ST/SEG/man_seg000.tif (silver). A sequence uses gold when it has any, because silver is computed, and says so.
 *
 * @returns the pairs, the paths that belong to such sequences (nobody else should interpret them), and findings
 */
export function cellTrackingPairs(paths: readonly string[]): {
  pairs: FilePair[];
  consumed: Set<string>;
  findings: Finding[];
} {
  const sequences = collectSequences(paths);
  const pairs: FilePair[] = [];
  const consumed = new Set<string>();
  const findings: Finding[] = [];
  for (const sequence of sequences) {
    const truth = sequence.gold.size > 0 ? sequence.gold : sequence.silver;
    let unannotated = 0;
    for (const [time, image] of sequence.frames) {
      consumed.add(image);
      const mask = truth.get(time);
      if (mask === undefined) unannotated += 1;
      else
        pairs.push({
          image,
          masks: [mask],
          givenSplit: null,
          convention: 'Cell Tracking Challenge (NN and NN_GT/SEG)',
        });
    }
    for (const path of sequence.annotations) consumed.add(path);
    for (const [time, mask] of truth) {
      if (!sequence.frames.has(time)) findings.push(maskWithoutFrame(mask, sequence.folder));
    }
    if (unannotated > 0) findings.push(sparseAnnotation(sequence, unannotated));
    if (sequence.gold.size > 0 && sequence.silver.size > 0) findings.push(goldPreferred(sequence));
  }
  return { pairs, consumed, findings };
}

function collectSequences(paths: readonly string[]): Sequence[] {
  const sequences = new Map<string, Sequence>();
  for (const path of paths) {
    const [, parent, number, kind, time] = SEGMENTATION.exec(path) ?? [];
    if (parent === undefined || number === undefined || time === undefined) continue;
    const folder = parent + number;
    const sequence = sequences.get(folder) ?? {
      folder,
      frames: new Map(),
      gold: new Map(),
      silver: new Map(),
      annotations: [],
    };
    (kind?.toUpperCase() === 'GT' ? sequence.gold : sequence.silver).set(String(Number(time)), path);
    sequences.set(folder, sequence);
  }
  for (const path of paths) {
    const frame = FRAME.exec(path);
    if (frame) sequences.get(`${frame[1]}${frame[2]}`)?.frames.set(String(Number(frame[3])), path);
    const annotation = ANNOTATION.exec(path);
    if (annotation) sequences.get(`${annotation[1]}${annotation[2]}`)?.annotations.push(path);
  }
  return [...sequences.values()];
}

function maskWithoutFrame(mask: string, folder: string): Finding {
  return {
    severity: 'error',
    code: 'unpaired-mask',
    file: mask,
    problem: `There is no frame of that number in ${folder}/.`,
    remedy: 'Add the frame or remove the mask.',
  };
}

function sparseAnnotation(sequence: Sequence, unannotated: number): Finding {
  return {
    severity: 'info',
    code: 'sparse-annotation',
    file: sequence.folder,
    problem: `${unannotated} of ${sequence.frames.size} frames have no segmentation and are left out.`,
    remedy: 'Nothing to do: sequences of the Cell Tracking Challenge are annotated sparsely.',
  };
}

function goldPreferred(sequence: Sequence): Finding {
  return {
    severity: 'warning',
    code: 'ambiguous-mask',
    file: sequence.folder,
    problem: `Both gold (_GT, ${sequence.gold.size}) and silver (_ST, ${sequence.silver.size}) segmentations are there; gold is used.`,
    remedy: `To use the more numerous silver masks, leave ${sequence.folder}_GT out of the folder.`,
  };
}
