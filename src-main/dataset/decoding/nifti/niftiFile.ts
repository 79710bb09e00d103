import { promisify } from 'node:util';
import { gunzip, gunzipSync, constants } from 'node:zlib';
import { CcnetError } from '#common/errors.ts';
import { HEADER_BYTES, isNifti, niftiHeader, type NiftiHeader } from './niftiHeader.ts';

/** A NIfTI file whose voxels can be had. */
export interface NiftiFile {
  readonly header: NiftiHeader;
  /** Unpacked: header and voxels. */
  readonly bytes: Buffer;
}

const unpack = promisify(gunzip);

/** Compressed bytes that surely hold a header; what they unpack to is bounded by what deflate can do. */
const HEAD = 16 * 1024;
/** What may follow the voxels. */
const SPARE = 1024 ** 2;

const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Whether bytes are a NIfTI file, packed by gzip or not. */
export function holdsNifti(bytes: Buffer): boolean {
  if (!isGzip(bytes)) return isNifti(bytes);
  const head = unpackedHead(bytes);
  return head !== null && isNifti(head);
}

/** What the beginning of a gzip file unpacks to; null when it is damaged. */
function unpackedHead(bytes: Buffer): Buffer | null {
  try {
    return gunzipSync(bytes.subarray(0, HEAD), { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return null;
  }
}

const headers = new WeakMap<Buffer, NiftiHeader>();
const files = new WeakMap<Buffer, Promise<NiftiFile>>();

/** What a NIfTI file says of itself, without its voxels. @throws as `niftiHeader` */
export function niftiHead(bytes: Buffer, name: string): NiftiHeader {
  const known = headers.get(bytes);
  if (known) return known;
  const head = isGzip(bytes) ? unpackedHead(bytes) : bytes.subarray(0, HEADER_BYTES);
  if (!head) throw damaged(name, 'it cannot be unpacked');
  const header = niftiHeader(head, name);
  headers.set(bytes, header);
  return header;
}

/**
 * A NIfTI file with its voxels, unpacked once for a buffer, and never to more than its header says.
 * @throws as `niftiHeader`; image-damaged when voxels are missing
 */
export function niftiFile(bytes: Buffer, name: string): Promise<NiftiFile> {
  const known = files.get(bytes);
  if (known) return known;
  const file = open(bytes, name);
  files.set(bytes, file);
  return file;
}

async function open(bytes: Buffer, name: string): Promise<NiftiFile> {
  const header = niftiHead(bytes, name);
  const end = header.voxelOffset + voxelBytes(header);
  const whole = isGzip(bytes) ? await unpackWhole(bytes, end, name) : bytes;
  if (whole.length < end) throw damaged(name, `${end - whole.length} of its bytes are missing`);
  return { header, bytes: whole };
}

function voxelBytes({ size, volumes, values }: NiftiHeader): number {
  return size[0] * size[1] * size[2] * volumes * values.samples * (values.bits / 8);
}

async function unpackWhole(bytes: Buffer, end: number, name: string): Promise<Buffer> {
  try {
    return await unpack(bytes, { maxOutputLength: end + SPARE });
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    const reason =
      code === 'ERR_BUFFER_TOO_LARGE'
        ? 'it unpacks to more than its header says'
        : code === 'Z_BUF_ERROR'
          ? 'its end is missing'
          : 'it cannot be unpacked';
    throw damaged(name, reason);
  }
}

const damaged = (file: string, reason: string): CcnetError =>
  new CcnetError('image-damaged', { file, reason });
