import { constants, inflateRawSync } from 'node:zlib';
import { CcnetError } from '#common/errors.ts';
import { MAX_FILE_BYTES } from '../limits.ts';
import { SEQUENCES, TAG } from './dicomTags.ts';

/** Where one element of a data set lies. */
export interface DicomElement {
  readonly vr: string;
  readonly offset: number;
  readonly length: number;
  /** Of a sequence. */
  readonly items: readonly DicomDataSet[] | null;
  /** Of compressed pixels: the table of offsets first, then the fragments. */
  readonly fragments: readonly { readonly offset: number; readonly length: number }[] | null;
}

/** Elements by group and number (0x00280010), and the bytes in which they lie. */
export interface DicomDataSet {
  readonly bytes: Buffer;
  readonly littleEndian: boolean;
  readonly elements: ReadonlyMap<number, DicomElement>;
}

export interface DicomFile extends DicomDataSet {
  readonly transferSyntax: string;
}

export const SYNTAX = {
  implicit: '1.2.840.10008.1.2',
  explicit: '1.2.840.10008.1.2.1',
  deflated: '1.2.840.10008.1.2.1.99',
  bigEndian: '1.2.840.10008.1.2.2',
} as const;

const PREAMBLE = 128;
/** Items within items: real files have up to six. A file that says more is made to exhaust whoever reads it. */
const DEEPEST = 16;
const LONG_LENGTH = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);
const ITEM = 0xfffee000;
const ITEM_END = 0xfffee00d;
const SEQUENCE_END = 0xfffee0dd;
const UNDEFINED = 0xffffffff;

/** Whether bytes are a DICOM file of part 10: a preamble, then "DICM". */
export function isDicom(bytes: Buffer): boolean {
  return bytes.length > PREAMBLE + 4 && bytes.toString('latin1', PREAMBLE, PREAMBLE + 4) === 'DICM';
}

const known = new WeakMap<Buffer, DicomFile>();

/**
 * Reads the elements of a DICOM file (PS3.5, PS3.10) up to its pixels, once for a buffer.
 * @throws image-damaged
 */
export function dicomFile(bytes: Buffer, file: string): DicomFile {
  const before = known.get(bytes);
  if (before) return before;
  const damaged = (reason: string): CcnetError => new CcnetError('image-damaged', { file, reason });
  const meta = new Reader(bytes, true, true, damaged);
  const head = meta.elements(PREAMBLE + 4, bytes.length, 0, (tag) => tag >>> 16 !== 2);
  const syntax = head.found.get(TAG.transferSyntax);
  if (!syntax) throw damaged('it does not say how its elements are written');
  const transferSyntax = text(bytes, syntax);
  const isDeflated = transferSyntax === SYNTAX.deflated;
  const body = isDeflated ? inflated(bytes.subarray(head.end), damaged) : bytes;
  const littleEndian = transferSyntax !== SYNTAX.bigEndian;
  const start = isDeflated ? 0 : head.end;
  // Some programs write elements without kinds and say that they have them, as pydicom knows too.
  const isExplicit =
    transferSyntax !== SYNTAX.implicit && /^[A-Z]{2}$/.test(body.toString('latin1', start + 4, start + 6));
  const reader = new Reader(body, littleEndian, isExplicit, damaged);
  const { found } = reader.elements(start, body.length, 0, () => false);
  const read = { bytes: body, littleEndian, elements: found, transferSyntax };
  known.set(bytes, read);
  return read;
}

function inflated(packed: Buffer, damaged: (reason: string) => CcnetError): Buffer {
  try {
    return inflateRawSync(packed, { maxOutputLength: MAX_FILE_BYTES, finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    throw damaged('its packed part cannot be unpacked');
  }
}

const text = (bytes: Buffer, { offset, length }: DicomElement): string =>
  bytes
    .toString('latin1', offset, offset + length)
    .replace(/\0+$/, '')
    .trim();

class Reader {
  readonly #bytes: Buffer;
  readonly #view: DataView;
  readonly #little: boolean;
  readonly #explicit: boolean;
  readonly #damaged: (reason: string) => CcnetError;

  constructor(
    bytes: Buffer,
    littleEndian: boolean,
    explicit: boolean,
    damaged: (reason: string) => CcnetError,
  ) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#little = littleEndian;
    this.#explicit = explicit;
    this.#damaged = damaged;
  }

  /** @param stop whether the element with this tag is no part of the set any more */
  elements(
    start: number,
    end: number,
    depth: number,
    stop: (tag: number) => boolean,
    explicit = this.#explicit,
  ): { found: Map<number, DicomElement>; end: number } {
    if (depth > DEEPEST) throw this.#damaged('its items are nested without end');
    const found = new Map<number, DicomElement>();
    let at = start;
    while (at + 8 <= end) {
      const tag = this.#tag(at);
      if (stop(tag)) return { found, end: at };
      if (tag === ITEM_END || tag === SEQUENCE_END) return { found, end: at + 8 };
      const { vr, length, offset } = this.#head(at, tag, explicit);
      if (tag === TAG.pixels || tag === TAG.floatPixels || tag === TAG.doublePixels) {
        const isPacked = length === UNDEFINED;
        const fragments = isPacked && depth === 0 ? this.#fragments(offset) : null;
        if (!isPacked || depth === 0) {
          const size = isPacked ? 0 : length;
          found.set(tag, { vr, offset, length: size, items: null, fragments: fragments?.found ?? null });
        }
        const after = isPacked
          ? (fragments?.end ?? this.#skip(offset, end, depth, explicit))
          : offset + length;
        // What follows the pixels is padding.
        if (depth === 0) return { found, end: Math.min(after, end) };
        at = after;
        continue;
      }
      const isSequence = vr === 'SQ' || length === UNDEFINED || (vr === '' && SEQUENCES.has(tag));
      if (isSequence) {
        // Items of what is unknown are written implicitly (PS3.5, 6.2.2).
        const items = this.#items(offset, length, end, depth, vr === 'UN' ? false : explicit);
        found.set(tag, { vr: 'SQ', offset, length: 0, items: items.found, fragments: null });
        at = items.end;
        continue;
      }
      if (offset + length > end) throw this.#damaged('an element reaches beyond its end');
      found.set(tag, { vr, offset, length, items: null, fragments: null });
      at = offset + length;
    }
    return { found, end: at };
  }

  #tag(at: number): number {
    return (
      ((this.#view.getUint16(at, this.#little) << 16) | this.#view.getUint16(at + 2, this.#little)) >>> 0
    );
  }

  #head(at: number, tag: number, explicit: boolean): { vr: string; length: number; offset: number } {
    if (!explicit || tag >>> 16 === 0xfffe)
      return { vr: '', length: this.#view.getUint32(at + 4, this.#little), offset: at + 8 };
    const vr = this.#bytes.toString('latin1', at + 4, at + 6);
    if (!/^[A-Z]{2}$/.test(vr)) throw this.#damaged('an element has no kind');
    if (!LONG_LENGTH.has(vr))
      return { vr, length: this.#view.getUint16(at + 6, this.#little), offset: at + 8 };
    if (at + 12 > this.#bytes.length) throw this.#damaged('its last element is cut off');
    return { vr, length: this.#view.getUint32(at + 8, this.#little), offset: at + 12 };
  }

  #items(
    start: number,
    length: number,
    limit: number,
    depth: number,
    explicit: boolean,
  ): { found: DicomDataSet[]; end: number } {
    const found: DicomDataSet[] = [];
    const end = length === UNDEFINED ? limit : start + length;
    if (end > limit) throw this.#damaged('a sequence reaches beyond its end');
    let at = start;
    while (at + 8 <= end) {
      const tag = this.#tag(at);
      const size = this.#view.getUint32(at + 4, this.#little);
      if (tag === SEQUENCE_END) return { found, end: at + 8 };
      if (tag !== ITEM) throw this.#damaged('a sequence holds what is no item');
      const itemEnd = size === UNDEFINED ? end : at + 8 + size;
      if (itemEnd > end) throw this.#damaged('an item reaches beyond its sequence');
      const item = this.elements(at + 8, itemEnd, depth + 1, () => false, explicit);
      found.push({ bytes: this.#bytes, littleEndian: this.#little, elements: item.found });
      at = size === UNDEFINED ? item.end : itemEnd;
    }
    if (length === UNDEFINED) throw this.#damaged('a sequence has no end');
    return { found, end };
  }

  /** Passes over pixels within an item, which nobody asks for. */
  #skip(offset: number, end: number, depth: number, explicit: boolean): number {
    return this.#items(offset, UNDEFINED, end, depth, explicit).end;
  }

  #fragments(start: number): { found: { offset: number; length: number }[]; end: number } {
    const found: { offset: number; length: number }[] = [];
    let at = start;
    while (at + 8 <= this.#bytes.length) {
      const tag = this.#tag(at);
      const length = this.#view.getUint32(at + 4, this.#little);
      if (tag === SEQUENCE_END) return { found, end: at + 8 };
      if (tag !== ITEM) throw this.#damaged('its pixels hold what is no fragment');
      if (at + 8 + length > this.#bytes.length) throw this.#damaged('a part of its pixels is missing');
      found.push({ offset: at + 8, length });
      at += 8 + length;
    }
    // A file without the last delimiter still has all of its fragments.
    return { found, end: at };
  }
}
