import { TAG } from './dicomTags.ts';
import type { DicomDataSet } from './dicomDataSet.ts';

/** Text of an element, blanks at its ends removed; undefined where there is none. */
export function textOf(
  { bytes, elements }: DicomDataSet,
  tag: number,
  encoding = 'latin1',
): string | undefined {
  const element = elements.get(tag);
  if (!element || element.items) return undefined;
  const raw = bytes.subarray(element.offset, element.offset + element.length);
  const words = encoding === 'latin1' ? raw.toString('latin1') : new TextDecoder(encoding).decode(raw);
  return words.replace(/\0+$/, '').trim();
}

/** The numbers of an element, whether they are written in digits or in binary. */
export function numbersOf({ bytes, littleEndian, elements }: DicomDataSet, tag: number): number[] {
  const element = elements.get(tag);
  if (!element || element.items) return [];
  const { offset, length, vr } = element;
  const size = BINARY[vr || (IMPLICIT.get(tag) ?? '')];
  if (!size) {
    return bytes
      .toString('latin1', offset, offset + length)
      .split('\\')
      .map((part) => (part.replace(/\0/g, '').trim() === '' ? Number.NaN : Number(part.replace(/\0/g, ''))));
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, length);
  return Array.from({ length: Math.floor(length / size.bytes) }, (_, index) =>
    size.read(view, index * size.bytes, littleEndian),
  );
}

export function numberOf(set: DicomDataSet, tag: number): number | undefined {
  const [first] = numbersOf(set, tag);
  return first === undefined || Number.isNaN(first) ? undefined : first;
}

/** Items of a sequence; none where there is no such sequence. */
export function itemsOf({ elements }: DicomDataSet, tag: number): readonly DicomDataSet[] {
  return elements.get(tag)?.items ?? [];
}

const BINARY: Readonly<
  Record<string, { bytes: number; read: (view: DataView, at: number, little: boolean) => number } | undefined>
> = {
  US: { bytes: 2, read: (view, at, little) => view.getUint16(at, little) },
  SS: { bytes: 2, read: (view, at, little) => view.getInt16(at, little) },
  OW: { bytes: 2, read: (view, at, little) => view.getUint16(at, little) },
  UL: { bytes: 4, read: (view, at, little) => view.getUint32(at, little) },
  SL: { bytes: 4, read: (view, at, little) => view.getInt32(at, little) },
  FL: { bytes: 4, read: (view, at, little) => view.getFloat32(at, little) },
  FD: { bytes: 8, read: (view, at, little) => view.getFloat64(at, little) },
  UV: { bytes: 8, read: (view, at, little) => Number(view.getBigUint64(at, little)) },
  OV: { bytes: 8, read: (view, at, little) => Number(view.getBigUint64(at, little)) },
};

/** Kinds of binary elements where the file does not say them. */
const IMPLICIT = new Map<number, string>([
  ...[
    TAG.samples,
    TAG.planar,
    TAG.rows,
    TAG.columns,
    TAG.bitsAllocated,
    TAG.bitsStored,
    TAG.highBit,
    TAG.signed,
    TAG.redPalette,
    TAG.greenPalette,
    TAG.bluePalette,
    TAG.segmentNumber,
    TAG.referencedSegment,
    TAG.mostFraction,
  ].map((tag) => [tag, 'US'] as const),
  ...[TAG.redColours, TAG.greenColours, TAG.blueColours].map((tag) => [tag, 'OW'] as const),
  [TAG.frameOffsets, 'OV'],
]);

/** Source: DICOM PS3.3, C.12.1.1.2. Others are read as Latin-1, which has all ASCII letters. */
const ENCODINGS: Readonly<Record<string, string>> = {
  'ISO_IR 192': 'utf-8',
  'ISO_IR 101': 'iso-8859-2',
  'ISO_IR 144': 'iso-8859-5',
  'ISO_IR 127': 'iso-8859-6',
  'ISO_IR 126': 'iso-8859-7',
  'ISO_IR 13': 'shift_jis',
  'ISO 2022 IR 87': 'iso-2022-jp',
  'ISO 2022 IR 149': 'euc-kr',
  GB18030: 'gb18030',
  GBK: 'gbk',
};

/** How the texts of a file are written. */
export function encodingOf(set: DicomDataSet): string {
  const names = (textOf(set, TAG.characterSet) ?? '').split('\\').map((name) => name.trim());
  return names.map((name) => ENCODINGS[name]).find((one) => one !== undefined) ?? 'latin1';
}
