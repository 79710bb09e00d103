import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { PLAIN_READING } from '#common/dataset/readMaskValue.ts';
import type { MediaSource } from '../../src-main/workers/media/mediaSource.ts';
import { mediaCalls } from '../../src-main/workers/media/mediaWorker.ts';
import { folderOf } from '../dataset/support/folder.ts';
import { photoPixels, png } from '../dataset/support/pictures.ts';
import { temporaryFolder } from '../project/temporaryFolder.ts';

const KINDS = ['thumbnail', 'image', 'small-mask', 'mask'] as const;

/** What a stranger's project may say of an image: the file is both image and mask. */
function claimed(root: string, file: string): MediaSource {
  const hashes = { imageHash: 'ab'.repeat(32), maskHash: 'cd'.repeat(32) };
  return {
    root,
    reading: PLAIN_READING,
    image: file,
    masks: [file],
    page: 0,
    width: 96,
    height: 96,
    datasetChannels: 3,
    ...hashes,
  };
}

function draw(kind: (typeof KINDS)[number], media: MediaSource): Promise<unknown> {
  const calls = mediaCalls(temporaryFolder());
  return kind === 'image' ? calls.image({ media, window: { low: 0, high: 1 } }) : calls[kind](media);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

/** A PNG of a few kilobytes that unpacks to side * side pixels. */
function bomb(side: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 8;
  const rows = deflateSync(Buffer.alloc(4_000_000));
  const parts = [chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...parts]);
}

describe.each(KINDS)('drawing a %s', (kind) => {
  it('of a decompression bomb stops at its header, whatever size the project claims', async () => {
    const root = await folderOf({ 'bomb.png': bomb(60_000) });
    await expect(draw(kind, claimed(root, 'bomb.png'))).rejects.toThrow(/60000 x 60000|pixels/);
  });

  it('of a file that is no image, such as a list of passwords, gives none of it away', async () => {
    const root = await folderOf({ passwd: Buffer.from('root:SECRET:0:0:root:/root:/bin/sh\n') });
    const error = await draw(kind, claimed(root, 'passwd')).then(
      () => null,
      (thrown: Error) => thrown,
    );
    expect(error).toBeInstanceOf(Error);
    expect(error?.message).not.toContain('SECRET');
  });

  it.each(['../secret.png', '/etc/passwd', 'a/../../secret.png', '..\\secret.png'])(
    'does not leave the folder by %s',
    async (file) => {
      const root = await folderOf({ 'a.png': await png(photoPixels(1)) });
      await expect(draw(kind, claimed(root, file))).rejects.toThrow(/leads out|cannot be read/);
    },
  );

  it.skipIf(process.platform === 'win32')('does not follow a link out of the folder', async () => {
    const root = await folderOf({ 'a.png': await png(photoPixels(1)) });
    const secret = join(temporaryFolder(), 'secret.png');
    writeFileSync(secret, await png(photoPixels(2)));
    symlinkSync(secret, join(root, 'link.png'));
    await expect(draw(kind, claimed(root, 'link.png'))).rejects.toThrow(/leads out/);
  });
});
