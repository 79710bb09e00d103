export interface TiffPage {
  readonly width: number;
  readonly height: number;
  readonly samples: 1 | 3;
  readonly data: Uint8Array | Uint16Array | Int16Array | Uint32Array | Float32Array | Float64Array;
}

const SHORT = 3;
const LONG = 4;

/** Writes an uncompressed little-endian TIFF, one strip a page; sharp cannot write float or signed pages. */
export function tiff(pages: readonly TiffPage[]): Buffer {
  const chunks: Buffer[] = [Buffer.from([0x49, 0x49, 42, 0, 8, 0, 0, 0])];
  let offset = 8;
  pages.forEach((page, index) => {
    const bytes = Buffer.from(page.data.buffer, page.data.byteOffset, page.data.byteLength);
    const bits = page.data.BYTES_PER_ELEMENT * 8;
    const format = page.data instanceof Int16Array ? 2 : /Float/.test(page.data.constructor.name) ? 3 : 1;
    const directory = 2 + 11 * 12 + 4;
    const perSample = page.samples > 1 ? page.samples * 4 : 0;
    const dataOffset = offset + directory + perSample;
    const padded = bytes.length + (bytes.length % 2);
    const tags: [tag: number, type: number, count: number, value: number][] = [
      [256, LONG, 1, page.width],
      [257, LONG, 1, page.height],
      [258, SHORT, page.samples, page.samples > 1 ? offset + directory : bits],
      [259, SHORT, 1, 1],
      [262, SHORT, 1, page.samples > 1 ? 2 : 1],
      [273, LONG, 1, dataOffset],
      [277, SHORT, 1, page.samples],
      [278, LONG, 1, page.height],
      [279, LONG, 1, bytes.length],
      [284, SHORT, 1, 1],
      [339, SHORT, page.samples, page.samples > 1 ? offset + directory + page.samples * 2 : format],
    ];
    const head = Buffer.alloc(directory + perSample);
    head.writeUInt16LE(tags.length, 0);
    tags.forEach(([tag, type, count, value], entry) => {
      const at = 2 + entry * 12;
      head.writeUInt16LE(tag, at);
      head.writeUInt16LE(type, at + 2);
      head.writeUInt32LE(count, at + 4);
      if (type === SHORT && count === 1) head.writeUInt16LE(value, at + 8);
      else head.writeUInt32LE(value, at + 8);
    });
    head.writeUInt32LE(index + 1 < pages.length ? dataOffset + padded : 0, directory - 4);
    for (let sample = 0; perSample > 0 && sample < page.samples; sample += 1) {
      head.writeUInt16LE(bits, directory + sample * 2);
      head.writeUInt16LE(format, directory + page.samples * 2 + sample * 2);
    }
    chunks.push(head, bytes, Buffer.alloc(padded - bytes.length));
    offset = dataOffset + padded;
  });
  return Buffer.concat(chunks);
}
