import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** What the decoders of JPEG-LS (CharLS) and JPEG 2000 (OpenJPEG) share, as their WebAssembly builds offer it. */
interface WasmDecoder {
  getEncodedBuffer(length: number): Uint8Array;
  decode(): void;
  getDecodedBuffer(): Uint8Array;
  getFrameInfo(): FrameInfo;
  delete(): void;
}

interface FrameInfo {
  readonly width: number;
  readonly height: number;
  readonly bitsPerSample: number;
  readonly componentCount: number;
  readonly isSigned?: boolean;
}

export interface Unpacked extends FrameInfo {
  /** Samples of one or two bytes, little endian, interleaved. */
  readonly bytes: Buffer;
}

type Factory = (options: object) => Promise<Record<string, new () => WasmDecoder>>;

const require = createRequire(import.meta.url);

const CODECS = {
  'jpeg-ls': {
    factory: () => require('@cornerstonejs/codec-charls/decodewasmjs') as Factory,
    wasm: () => require.resolve('@cornerstonejs/codec-charls/decodewasm'),
    decoder: 'JpegLSDecoder',
  },
  'jpeg-2000': {
    factory: () => require('@cornerstonejs/codec-openjpeg/decodewasmjs') as Factory,
    wasm: () => require.resolve('@cornerstonejs/codec-openjpeg/decodewasm'),
    decoder: 'J2KDecoder',
  },
} as const;

const loaded = new Map<keyof typeof CODECS, Promise<new () => WasmDecoder>>();

/** Loads a decoder when a file first needs it. */
function load(kind: keyof typeof CODECS): Promise<new () => WasmDecoder> {
  const known = loaded.get(kind);
  if (known) return known;
  const codec = CODECS[kind];
  const loading = (async () => {
    const wasmBinary = await readFile(codec.wasm());
    const silent = (): void => undefined;
    const module = await codec.factory()({ wasmBinary, print: silent, printErr: silent });
    const Decoder = module[codec.decoder];
    if (!Decoder) throw new Error(`There is no ${codec.decoder}.`);
    return Decoder;
  })();
  loaded.set(kind, loading);
  return loading;
}

/**
 * Unpacks one frame. The caller has read from its header that it is as large as the file says.
 * @throws whatever the decoder throws of damaged data; its instance is then given up, with its memory
 */
export async function unpackByWasm(kind: keyof typeof CODECS, packed: Buffer): Promise<Unpacked> {
  const Decoder = await load(kind);
  try {
    const decoder = new Decoder();
    try {
      decoder.getEncodedBuffer(packed.length).set(packed);
      decoder.decode();
      const info = decoder.getFrameInfo();
      return { ...info, bytes: Buffer.from(decoder.getDecodedBuffer()) };
    } finally {
      decoder.delete();
    }
  } catch (error) {
    loaded.delete(kind);
    throw error;
  }
}
