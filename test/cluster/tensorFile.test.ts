import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCheckpoint, writeCheckpoint } from '../../src-main/cluster/checkpointFile.ts';
import { readTensorFile, writeTensorFile } from '../../src-main/cluster/tensorFile.ts';
import { failing } from '../failing.ts';
import { temporaryFolder } from '../project/temporaryFolder.ts';

const weights = [
  { name: 'a/kernel', shape: [2, 3], data: Float32Array.from([1, -2, 3.5, 0, Number.MIN_VALUE, 1e30]) },
  { name: 'b', shape: [1], data: Float32Array.of(7) },
];

async function written(): Promise<string> {
  const path = join(temporaryFolder(), 'net.weights');
  await writeTensorFile(path, { head: { say: 'é' }, groups: { weights, empty: [] } });
  return path;
}
const refused = (path: string, reason: string) => failing('task-file-unusable', { path, reason });

describe('a file of tensors', () => {
  it('holds the bits that were written', async () => {
    const { head, groups } = await readTensorFile(await written());
    expect(head).toEqual({ say: 'é' });
    expect(groups).toEqual({ weights });
  });

  it('is refused when a single bit has changed, wherever', async () => {
    const path = await written();
    const whole = readFileSync(path);
    for (const at of [0, 9, 40, whole.length - 40, whole.length - 1]) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      writeFileSync(path, bytes);
      await expect(readTensorFile(path)).rejects.toMatchObject({ code: 'task-file-unusable' });
    }
  });

  it('is refused when it was cut off, is empty, is something else, or is not there', async () => {
    const path = await written();
    truncateSync(path, statSync(path).size - 4);
    await expect(readTensorFile(path)).rejects.toThrow(refused(path, 'It was cut off or changed.'));
    truncateSync(path, 0);
    await expect(readTensorFile(path)).rejects.toThrow(refused(path, 'It is no file of tensors.'));
    writeFileSync(path, '{"format":"ccnet-task"}'.repeat(5));
    await expect(readTensorFile(path)).rejects.toThrow(refused(path, 'It is no file of tensors.'));
    await expect(readTensorFile(`${path}x`)).rejects.toMatchObject({ code: 'task-file-unusable' });
  });

  it('keeps a state of a training with its devices', async () => {
    const path = join(temporaryFolder(), '000000.checkpoint');
    const epoch = {
      epoch: 1,
      loss: 0.5,
      validationDice: 0.25,
      learningRate: 1e-3,
      seconds: 2,
      imagesPerSecond: 9,
    };
    const checkpoint = {
      ...{
        epoch: 1,
        step: 4,
        bestValidationDice: 0.25,
        bestEpoch: 1,
        history: [epoch],
        randomState: [1, 2, 3, 4, 1],
      },
      ...{
        weights,
        bestWeights: weights,
        optimizer: [{ name: 'step', shape: [1], data: Float32Array.of(4) }],
      },
    };
    await writeCheckpoint(path, { device: 'native', checkpoint });
    expect(await readCheckpoint(path)).toEqual({ device: 'native', checkpoint });
    await expect(readCheckpoint(await written())).rejects.toMatchObject({ code: 'task-file-unusable' });
  });
});
