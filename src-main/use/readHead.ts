import { open } from 'node:fs/promises';

/** The first bytes of a file, at most `most`. */
export async function readHead(path: string, most: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const head = Buffer.alloc(Math.min(size, most));
    await file.read(head, 0, head.length, 0);
    return head;
  } finally {
    await file.close();
  }
}
