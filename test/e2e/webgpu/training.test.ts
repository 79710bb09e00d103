import { afterAll, describe, expect, it } from 'vitest';
import { gpuProcesses } from '../support/gpuProcesses.ts';
import { addDataset, newProject, tinyTraining } from '../support/lab.ts';
import { noWebgpu } from '../support/noWebgpu.ts';
import { startProgram } from '../support/program.ts';
import { AppWindow, closeBrowser } from '../support/window.ts';

const missing = await noWebgpu();
afterAll(closeBrowser);

/** Seconds: a software adapter compiles every shader on the processor. */
const PATIENCE = 280;
const TIMEOUT = 300_000;
const SOFTWARE = /webgpu 5\.\d+\.\d+ \(google swiftshader, computed by the processor\)/;

/** The network whose shaders compile soonest; all three are compared with native by agreement.test.ts and test/engine/gpu. */
const training = (epochs: number) => {
  const request = tinyTraining(epochs);
  return {
    ...request,
    family: 'cumedvision' as const,
    width: 2,
    device: 'webgpu' as const,
    recipe: { ...request.recipe, stepsPerEpoch: 2 },
  };
};

async function lab(options: { webgpu: boolean }) {
  const program = startProgram(options);
  const window = await AppWindow.open(program);
  await newProject(program, window);
  await addDataset(program, window);
  return { program, window };
}

describe.skipIf(missing)('a training on WebGPU', () => {
  it(
    'runs to its end in a hidden, sandboxed window, and its run says which GPU computed it',
    async () => {
      const { program, window } = await lab({ webgpu: true });
      const { id } = await window.call('jobs.start', training(2));
      const { state, error, result } = await window.until(
        id,
        ({ finishedAt }) => finishedAt !== null,
        PATIENCE,
      );
      expect({ state, error }).toEqual({ state: 'finished', error: null });
      expect(result).toMatchObject({ trained: 1, skipped: 0 });
      const [stored] = await window.call('library.runs', undefined);
      expect(stored?.run.engine).toMatch(SOFTWARE);
      const { windows } = await program.record();
      expect(windows).toHaveLength(2);
      expect(windows[1]?.webPreferences).toMatchObject({
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
      });
      // Its Chromium has gone with the job; the one that shows the window is not the program's.
      await expect.poll(() => gpuProcesses(program.pid), { timeout: 20_000 }).toEqual([]);
    },
    TIMEOUT,
  );

  it(
    'stops when the GPU is lost in its middle, says so, and goes on elsewhere only when told to',
    async () => {
      const { program, window } = await lab({ webgpu: true });
      const { id } = await window.call('jobs.start', training(400));
      await window.until(id, ({ progress }) => (progress?.figures?.['epoch'] ?? 0) >= 2, PATIENCE);
      const [gpu] = gpuProcesses(program.pid);
      process.kill(gpu ?? 0, 'SIGKILL');
      const { state, error } = await window.until(id, ({ finishedAt }) => finishedAt !== null, PATIENCE);
      expect(state).toBe('failed');
      expect(error).toMatchObject({ code: 'device-failed', facts: { device: 'webgpu' } });
      await window.call('jobs.resumeOn', { id, device: 'native' });
      const resumed = await window.until(id, (job) => job.state === 'running');
      expect(resumed.device).toBe('native');
      await window.until(id, ({ progress }) => (progress?.figures?.['epoch'] ?? 0) >= 3, PATIENCE);
      await window.call('jobs.cancel', id);
    },
    TIMEOUT,
  );
});

describe.skipIf(missing)('the list of devices', () => {
  it(
    'has the adapter where there is one, named as software when it is, after its self-test',
    async () => {
      const { window } = await lab({ webgpu: true });
      const { id } = await window.call('jobs.start', { kind: 'inspect-devices' });
      const { result } = await window.until(id, ({ finishedAt }) => finishedAt !== null, PATIENCE);
      expect(result).toContainEqual(
        expect.objectContaining({
          id: 'webgpu',
          name: expect.stringMatching(/^Software GPU \(WebGPU\), /) as string,
          usable: true,
          selfTest: expect.stringMatching(/^passed: .* native device/) as string,
        }),
      );
    },
    TIMEOUT,
  );

  it('says why WebGPU cannot be used where the window finds no adapter, and a job on it is refused', async () => {
    const { window } = await lab({ webgpu: false });
    const { id } = await window.call('jobs.start', { kind: 'inspect-devices' });
    const { result } = await window.until(id, ({ finishedAt }) => finishedAt !== null);
    expect(result).toContainEqual(
      expect.objectContaining({
        id: 'webgpu',
        usable: false,
        failure: expect.objectContaining({ code: 'webgpu-no-adapter' }) as unknown,
      }),
    );
    const refused = await window.call('jobs.start', training(1));
    const { state, error } = await window.until(refused.id, ({ finishedAt }) => finishedAt !== null);
    expect(state).toBe('failed');
    expect(error?.code).toBe('webgpu-no-adapter');
  });
});
