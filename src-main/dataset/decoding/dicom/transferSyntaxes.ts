/** How pixels are packed, and which of it is read. Source: DICOM PS3.6, A-1. */
export type Packing = 'none' | 'rle' | 'jpeg' | 'jpeg-lossless' | 'jpeg-ls' | 'jpeg-2000';

const JPEG = '1.2.840.10008.1.2.4.';

const READ: Readonly<Record<string, Packing>> = {
  '1.2.840.10008.1.2': 'none',
  '1.2.840.10008.1.2.1': 'none',
  '1.2.840.10008.1.2.1.99': 'none',
  '1.2.840.10008.1.2.2': 'none',
  '1.2.840.10008.1.2.5': 'rle',
  [`${JPEG}50`]: 'jpeg',
  [`${JPEG}51`]: 'jpeg',
  [`${JPEG}57`]: 'jpeg-lossless',
  [`${JPEG}70`]: 'jpeg-lossless',
  [`${JPEG}80`]: 'jpeg-ls',
  [`${JPEG}81`]: 'jpeg-ls',
  [`${JPEG}90`]: 'jpeg-2000',
  [`${JPEG}91`]: 'jpeg-2000',
};

const LOSSY = new Set(['50', '51', '81', '91'].map((end) => JPEG + end));

/** The family of those that are not read, by what their identifier begins with. */
const UNREAD: readonly (readonly [string, string])[] = [
  [`${JPEG}10`, 'MPEG film'],
  [`${JPEG}20`, 'high-throughput JPEG 2000'],
  [`${JPEG}11`, 'JPEG XL'],
  [`${JPEG}9`, 'JPEG 2000 of several parts'],
  [JPEG, 'JPEG of a retired kind'],
];

export function packingOf(transferSyntax: string): Packing | null {
  return READ[transferSyntax] ?? null;
}

export function packingName(transferSyntax: string): string {
  return UNREAD.find(([start]) => transferSyntax.startsWith(start))?.[1] ?? `"${transferSyntax}"`;
}

/** Values may differ from what was recorded. */
export function isLossyPacking(transferSyntax: string): boolean {
  return LOSSY.has(transferSyntax);
}
