import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openEngine } from '../../src-main/engine/openEngine.ts';
import { stepAddon } from '../../src-main/engine/compiled/stepAddon.ts';
import { measuredLatency } from '../../src-main/jobs/prediction/measuredLatency.ts';
import { Project } from '../../src-main/project/project.ts';
import { temporaryFolder } from '../project/temporaryFolder.ts';

afterEach(() => stepAddon().setThreadCount(availableParallelism()));

describe('the time of one image', () => {
  it('is that of the processor with all its cores, with however many threads the job computes, which it goes on with', async () => {
    const project = Project.create(join(temporaryFolder(), 'lab.ccnet'));
    const network = { family: 'unet', width: 2, channels: 1, classes: 2, factor: 1 } as const;
    const { signal } = new AbortController();
    const few = await openEngine('native', { threads: availableParallelism() + 1 });
    const first = await measuredLatency(project, network, 32, signal);
    expect(stepAddon().threadCount()).toBe(availableParallelism() + 1);
    const all = await openEngine('native', { threads: availableParallelism() });
    // Kept under the engine that measured it: asked again, whatever computes, it is the same figure.
    expect(await measuredLatency(project, network, 32, signal)).toBe(first);
    expect(project.measurements.latency(all.version, network, 32, 32)).toBe(first);
    expect(project.measurements.latency(few.version, network, 32, 32)).toBeUndefined();
    project.close();
  });
});
