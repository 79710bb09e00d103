import type { JobCalls, JobNotices } from '../../workers/job/jobWorker.ts';
import { WEBGPU_WINDOW } from '../../workers/webgpuWindowNotice.ts';
import { WorkerProcess } from '../processes/workerProcess.ts';
import { JobWindow } from '../webgpu/jobWindow.ts';
import type { StartJobProcess } from './jobProcess.ts';

/**
 * Starts jobs in utility processes, each with a hidden window when it asks for one to compute on WebGPU.
 * @param dist folder of the bundled entries
 */
export function jobProcesses(dist: string): StartJobProcess {
  return ({ onProgress, onLog, onExamples }) => {
    const window = new JobWindow(dist);
    const told: { [Name in keyof JobNotices]: (value: JobNotices[Name]) => void } = {
      progress: onProgress,
      log: onLog,
      examples: onExamples,
    };
    const onNotice = (name: string, value: unknown): void => {
      if (name === WEBGPU_WINDOW) worker.give(WEBGPU_WINDOW, window.open());
      else if (Object.hasOwn(told, name)) told[name as keyof JobNotices](value as never);
    };
    const worker = new WorkerProcess<JobCalls>({ dist, role: 'job', onNotice });
    return {
      get pid() {
        return worker.pid;
      },
      run: (order) => worker.call('run', order),
      cancel: () => void worker.call('cancel', undefined).catch(() => undefined),
      stop: async () => {
        await worker.stop();
        window.close();
      },
    };
  };
}
