import type { WorkerPort } from './workers/protocol.ts';
import { workerArgument } from './workers/workerArgument.ts';

/** Entry of every utility process; only the rooms of its role are loaded. */
const port: WorkerPort = process.parentPort;
const role = workerArgument('role');
if (role === 'project') (await import('./workers/project/projectWorker.ts')).projectWorker(port);
else if (role === 'media') (await import('./workers/media/mediaWorker.ts')).mediaWorker(port);
else if (role === 'job') (await import('./workers/job/jobWorker.ts')).jobWorker(port);
else if (role === 'trainer') (await import('./workers/trainer/trainerWorker.ts')).trainerWorker(port);
else throw new Error(`Unknown worker role "${role}".`);
