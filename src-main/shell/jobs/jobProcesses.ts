import type { JobCalls, JobNotices } from '../../workers/job/jobWorker.ts';
import { WEBGPU_WINDOW } from '../../workers/webgpuWindowNotice.ts';
import { TRAINER, TRAINERS_END } from '../../workers/trainerNotice.ts';
import { JobTrainers } from './jobTrainers.ts';
import { WorkerProcess } from '../processes/workerProcess.ts';
import { JobWindow } from '../webgpu/jobWindow.ts';
import type { StartJobProcess } from './jobProcess.ts';

/**
 * Starts jobs in utility processes, each with a hidden window when it asks for one to compute on WebGPU, and with
 * processes that train for it when it asks for them.
 * @param dist folder of the bundled entries
 */
export function jobProcesses(dist: string): StartJobProcess {
  return ({ onProgress, onLog, onExamples }) => {
    const window = new JobWindow(dist);
    const trainers = new JobTrainers(dist);
    const told: { [Name in keyof JobNotices]: (value: JobNotices[Name]) => void } = {
      progress: onProgress,
      log: onLog,
      examples: onExamples,
    };
    const onNotice = (name: string, value: unknown): void => {
      if (name === WEBGPU_WINDOW) worker.give(WEBGPU_WINDOW, window.open());
      else if (name === TRAINER) worker.give(TRAINER, trainers.start());
      else if (name === TRAINERS_END) void trainers.end();
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
        await Promise.all([worker.stop(), trainers.end()]);
        window.close();
      },
    };
  };
}
