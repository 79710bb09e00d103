/** Micrometres in one of a unit of length, as ImageJ and OME spell them. */
const MICROMETRES: Readonly<Record<string, number>> = {
  micron: 1,
  microns: 1,
  micrometer: 1,
  um: 1,
  µm: 1,
  μm: 1,
  '\\u00b5m': 1,
  nm: 1e-3,
  mm: 1000,
  cm: 10_000,
};

/** Bytes of a file that are looked at: descriptions stand at either end. */
export const HEAD_BYTES = 1 << 20;

/** Least resolution in pixels a centimetre that is taken for a microscope's: below it is how large somebody would print. */
const MICROSCOPE = 1000;

/**
 * Side of a pixel in micrometres where a TIFF says it: OME's PhysicalSizeX, ImageJ's unit with the resolution, or a resolution
 * in pixels a centimetre that only a microscope has. Null where it does not, and for every other format.
 * @param bytes the file, or its beginning of HEAD_BYTES
 */
export function pixelSize(bytes: Buffer): number | null {
  const tags = readTags(bytes);
  if (!tags) return null;
  const description = tags.text(270) ?? '';
  const ome = /PhysicalSizeX="([\d.eE+-]+)"/.exec(description);
  if (ome) {
    const unit = /PhysicalSizeXUnit="([^"]+)"/.exec(description)?.[1] ?? 'µm';
    return sized(Number(ome[1]), MICROMETRES[unit]);
  }
  const resolution = tags.rational(282);
  if (resolution === null || resolution <= 0) return null;
  if (description.startsWith('ImageJ')) {
    const unit = /^unit=(.+)$/m.exec(description)?.[1]?.trim() ?? '';
    return sized(1 / resolution, MICROMETRES[unit]);
  }
  const perCentimetre = tags.number(296) === 3 ? resolution : 0;
  return perCentimetre >= MICROSCOPE ? 10_000 / perCentimetre : null;
}

function sized(length: number, unit: number | undefined): number | null {
  const size = unit === undefined ? Number.NaN : length * unit;
  return Number.isFinite(size) && size > 0 ? size : null;
}

interface Tags {
  text(tag: number): string | null;
  number(tag: number): number | null;
  rational(tag: number): number | null;
}

/** Tags of the first directory of a classic or Big TIFF (TIFF 6.0, section 2), or null where it is none that can be read. */
function readTags(bytes: Buffer): Tags | null {
  const order = bytes.toString('latin1', 0, 2);
  if (bytes.length < 16 || (order !== 'II' && order !== 'MM')) return null;
  const little = order === 'II';
  const u16 = (at: number): number => (little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
  const u32 = (at: number): number => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const u64 = (at: number): number => Number(little ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at));
  const version = u16(2);
  if (version !== 42 && version !== 43) return null;
  const big = version === 43;
  const places = new Map<number, { type: number; count: number; at: number }>();
  try {
    const start = big ? u64(8) : u32(4);
    const count = big ? u64(start) : u16(start);
    for (let entry = 0; entry < Math.min(count, 1000); entry += 1) {
      const at = start + (big ? 8 + 20 * entry : 2 + 12 * entry);
      const [tag, type, values] = [u16(at), u16(at + 2), big ? u64(at + 4) : u32(at + 4)];
      const field = at + (big ? 12 : 8);
      const length = values * ({ 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 16: 8 }[type] ?? 8);
      places.set(tag, {
        type,
        count: values,
        at: length <= (big ? 8 : 4) ? field : big ? u64(field) : u32(field),
      });
    }
  } catch {
    // The directory lies beyond what was read, or is damaged: then nothing is known.
    return null;
  }
  const within = <Value>(read: () => Value): Value | null => {
    try {
      return read();
    } catch {
      return null;
    }
  };
  return {
    text: (tag) => {
      const place = places.get(tag);
      if (place?.type !== 2 || place.at + place.count > bytes.length) return null;
      return bytes.toString('utf8', place.at, place.at + place.count).replace(/\0+$/, '');
    },
    number: (tag) => {
      const place = places.get(tag);
      return place?.type === 3 ? within(() => u16(place.at)) : null;
    },
    rational: (tag) => {
      const place = places.get(tag);
      return place?.type === 5 ? within(() => u32(place.at) / u32(place.at + 4)) : null;
    },
  };
}
