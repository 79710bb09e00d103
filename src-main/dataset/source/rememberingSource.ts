import type { DatasetSource } from './datasetSource.ts';

/** Files of which many samples are made: volumes, films and annotations. */
const SHARED = /\.(nii|nii\.gz|dcm|json|geojson|xml|roi|zip)$/i;
/** Bytes that are kept of what was read, in their size when unpacked; the newest file is kept whatever its size. */
const KEPT_BYTES = 512 * 1024 ** 2;
/** What an object takes of a text of annotations. */
const PER_CHARACTER = 8;

/**
 * A source that keeps what it read of files that many samples share, the least recently used going first: what was unpacked or understood of
 * them hangs on these bytes.
 */
export function rememberingSource(source: DatasetSource): DatasetSource {
  const kept = new Map<string, Promise<Buffer>>();
  const weights = new Map<string, number>();

  const forget = (path: string): void => {
    kept.delete(path);
    weights.delete(path);
  };
  const shrink = (): void => {
    let total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
    for (const [path, weight] of weights) {
      if (total <= KEPT_BYTES || weights.size === 1) return;
      forget(path);
      total -= weight;
    }
  };
  return {
    ...source,
    read: (path, maxBytes) => {
      if (!SHARED.test(path)) return source.read(path, maxBytes);
      const known = kept.get(path);
      if (known) {
        const weight = weights.get(path);
        forget(path);
        kept.set(path, known);
        if (weight !== undefined) weights.set(path, weight);
        return known;
      }
      const reading = source.read(path, maxBytes);
      kept.set(path, reading);
      reading.then(
        (bytes) => {
          if (kept.get(path) !== reading) return;
          weights.set(path, weightOf(path, bytes));
          shrink();
        },
        () => forget(path),
      );
      return reading;
    },
    close: () => {
      kept.clear();
      weights.clear();
      return source.close();
    },
  };
}

function weightOf(path: string, bytes: Buffer): number {
  // The last four bytes of a gzip file are the size of what it unpacks to.
  if (/\.gz$/i.test(path) && bytes.length > 4) return bytes.length + bytes.readUInt32LE(bytes.length - 4);
  return /\.(json|geojson|xml)$/i.test(path) ? bytes.length * PER_CHARACTER : bytes.length;
}
