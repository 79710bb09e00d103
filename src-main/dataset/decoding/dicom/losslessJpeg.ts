/** A frame of lossless JPEG, unpacked. */
export interface LosslessFrame {
  readonly width: number;
  readonly height: number;
  readonly components: number;
  readonly precision: number;
  /** height * width * components samples, interleaved. */
  readonly samples: Uint16Array;
}

interface HuffmanTable {
  /** By length of the code: the first code of that length, the number of codes, and the place of the first value. */
  readonly first: Int32Array;
  readonly counts: Uint8Array;
  readonly places: Int32Array;
  readonly values: Uint8Array;
}

const fault = (reason: string): Error => new Error(reason);

/**
 * Decodes lossless JPEG with Huffman codes (ITU-T T.81, process 14, all seven predictors), 2 to 16 bits, of one scan.
 * @param expected size that the file around it says
 * @throws Error with what is wrong, in words
 */
export function losslessJpeg(
  bytes: Buffer,
  expected: { readonly width: number; readonly height: number; readonly components: number },
): LosslessFrame {
  const tables = new Map<number, HuffmanTable>();
  let frame: { precision: number; width: number; height: number; ids: number[] } | null = null;
  let restart = 0;
  let at = 2;
  if (bytes.readUInt16BE(0) !== 0xffd8) throw fault('it is no JPEG');
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) throw fault('a marker is missing');
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = bytes.readUInt16BE(at + 2);
    const body = bytes.subarray(at + 4, at + 2 + length);
    if (length < 2 || at + 2 + length > bytes.length) throw fault('a marker reaches beyond its end');
    at += 2 + length;
    if (marker === 0xc4) readTables(body, tables);
    else if (marker === 0xdd) restart = body.readUInt16BE(0);
    else if (marker === 0xc3) {
      frame = readFrame(body);
      const { width, height, ids } = frame;
      if (width !== expected.width || height !== expected.height || ids.length !== expected.components)
        throw fault('its packed pixels have another size than it says');
    } else if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc8 && marker !== 0xcc)
      throw fault('it is no lossless JPEG');
    else if (marker === 0xda) {
      if (!frame) throw fault('its pixels come before their size');
      return decodeScan(bytes.subarray(at), body, frame, tables, restart);
    }
  }
  throw fault('it has no pixels');
}

function readFrame(body: Buffer): { precision: number; width: number; height: number; ids: number[] } {
  if (body.length < 6) throw fault('its size is not whole');
  const count = body[5] ?? 0;
  if (body.length < 6 + 3 * count || count === 0 || count > 4) throw fault('its components are not whole');
  const ids = Array.from({ length: count }, (_, index) => body[6 + 3 * index] ?? 0);
  const sampling = Array.from({ length: count }, (_, index) => body[7 + 3 * index]);
  if (sampling.some((one) => one !== 0x11)) throw fault('its colours are coarser than its brightness');
  const precision = body[0] ?? 0;
  if (precision < 2 || precision > 16) throw fault(`it has ${precision} bits`);
  return { precision, height: body.readUInt16BE(1), width: body.readUInt16BE(3), ids };
}

function readTables(body: Buffer, tables: Map<number, HuffmanTable>): void {
  let at = 0;
  while (at + 17 <= body.length) {
    const id = (body[at] ?? 0) & 15;
    const counts = Uint8Array.from(body.subarray(at + 1, at + 17));
    const total = counts.reduce((sum, count) => sum + count, 0);
    const values = Uint8Array.from(body.subarray(at + 17, at + 17 + total));
    if (values.length < total) throw fault('a table of codes is not whole');
    const first = new Int32Array(16);
    const places = new Int32Array(16);
    let [code, place] = [0, 0];
    for (let length = 0; length < 16; length += 1) {
      first[length] = code;
      places[length] = place;
      code = (code + (counts[length] ?? 0)) << 1;
      place += counts[length] ?? 0;
    }
    tables.set(id, { first, counts, places, values });
    at += 17 + total;
  }
}

function decodeScan(
  data: Buffer,
  head: Buffer,
  { precision, width, height, ids }: { precision: number; width: number; height: number; ids: number[] },
  tables: ReadonlyMap<number, HuffmanTable>,
  restart: number,
): LosslessFrame {
  const components = ids.length;
  if (head.length < 4 + 2 * components || head[0] !== components)
    throw fault('its components are in several scans');
  const used = ids.map((id, index) => {
    const at = 1 + 2 * index;
    const table = tables.get((head[at + 1] ?? 0) >> 4);
    if (head[at] !== id || !table) throw fault('a table of codes is missing');
    return table;
  });
  const predictor = head[1 + 2 * components] ?? 0;
  const shift = (head[3 + 2 * components] ?? 0) & 15;
  if (predictor < 1 || predictor > 7) throw fault(`its predictor ${predictor} is unknown`);
  if (restart > 0 && restart % width !== 0) throw fault('it begins anew within a row');
  const bits = new BitReader(data);
  const samples = new Uint16Array(width * height * components);
  const row = width * components;
  const start = 1 << (precision - shift - 1);
  const restartRows = restart / width;
  let firstRow = 0;
  for (let y = 0; y < height; y += 1) {
    if (restart > 0 && y > 0 && y % restartRows === 0) {
      bits.restart();
      firstRow = y;
    }
    for (let x = 0; x < width; x += 1) {
      for (let component = 0; component < components; component += 1) {
        const place = y * row + x * components + component;
        const left = samples[place - components] ?? 0;
        const above = samples[place - row] ?? 0;
        let predicted: number;
        if (y === firstRow) predicted = x === 0 ? start : left;
        else if (x === 0) predicted = above;
        else predicted = predict(predictor, left, above, samples[place - row - components] ?? 0);
        samples[place] = predicted + difference(bits, used[component]);
      }
    }
  }
  if (shift > 0)
    for (let index = 0; index < samples.length; index += 1) samples[index] = (samples[index] ?? 0) << shift;
  return { width, height, components, precision, samples };
}

function predict(predictor: number, left: number, above: number, corner: number): number {
  switch (predictor) {
    case 1:
      return left;
    case 2:
      return above;
    case 3:
      return corner;
    case 4:
      return left + above - corner;
    case 5:
      return left + ((above - corner) >> 1);
    case 6:
      return above + ((left - corner) >> 1);
    default:
      return (left + above) >> 1;
  }
}

function difference(bits: BitReader, table: HuffmanTable | undefined): number {
  if (!table) throw fault('a table of codes is missing');
  let code = 0;
  for (let length = 0; length < 16; length += 1) {
    code = (code << 1) | bits.take(1);
    const within = code - (table.first[length] ?? 0);
    if (within >= 0 && within < (table.counts[length] ?? 0)) {
      const size = table.values[(table.places[length] ?? 0) + within] ?? 0;
      if (size === 0) return 0;
      if (size === 16) return 32_768;
      if (size > 16) throw fault('a code is unknown');
      const value = bits.take(size);
      return value < 1 << (size - 1) ? value - (1 << size) + 1 : value;
    }
  }
  throw fault('a code is unknown');
}

class BitReader {
  readonly #bytes: Buffer;
  #at = 0;
  #held = 0;
  #count = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  take(count: number): number {
    while (this.#count < count) {
      const byte = this.#bytes[this.#at];
      if (byte === undefined) throw fault('its pixels end early');
      if (byte === 0xff) {
        // A stuffed zero follows every 0xff of the pixels; anything else is a marker.
        if (this.#bytes[this.#at + 1] !== 0) throw fault('its pixels end early');
        this.#at += 1;
      }
      this.#at += 1;
      this.#held = ((this.#held << 8) | byte) & 0xffffff;
      this.#count += 8;
    }
    this.#count -= count;
    return (this.#held >> this.#count) & ((1 << count) - 1);
  }

  restart(): void {
    this.#held = 0;
    this.#count = 0;
    if (this.#bytes[this.#at] !== 0xff || ((this.#bytes[this.#at + 1] ?? 0) & 0xf8) !== 0xd0)
      throw fault('a mark within its pixels is missing');
    this.#at += 2;
  }
}
