import { afterAll, describe, expect, it } from 'vitest';
import { addDataset, newProject, tinyTraining } from '../support/lab.ts';
import { startProgram } from '../support/program.ts';
import { adapterHere } from '../support/webgpuWindow.ts';
import { AppWindow, closeBrowser } from '../support/window.ts';

const adapter = await adapterHere();
afterAll(closeBrowser);

/** Seconds: a software adapter compiles every shader on the processor. */
const PATIENCE = 280;

const training = (epochs: number) => {
  const request = tinyTraining(epochs);
  return { ...request, width: 2, device: 'webgpu' as const, recipe: { ...request.recipe, stepsPerEpoch: 2 } };
};

describe.skipIf(typeof adapter === 'string')('a training on WebGPU', () => {
  it('runs to its end in a hidden, sandboxed window, and its run says which GPU computed it', async () => {
    const program = startProgram();
    const window = await AppWindow.open(program);
    await newProject(program, window);
    await addDataset(program, window);
    const { id } = await window.call('jobs.start', training(2));
    const { state, error, result } = await window.until(
      id,
      ({ finishedAt }) => finishedAt !== null,
      PATIENCE,
    );
    expect({ state, error }).toEqual({ state: 'finished', error: null });
    expect(result).toMatchObject({ trained: 1, skipped: 0 });
    const [run] = await window.call('library.runs', undefined);
    expect(JSON.stringify(run)).toMatch(
      /webgpu 4\.\d+\.\d+ \(google swiftshader, computed by the processor\)/,
    );
    const { windows } = await program.record();
    expect(windows).toHaveLength(2);
    expect(windows[1]?.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
  }, 300_000);
});
