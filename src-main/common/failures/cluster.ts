import { number, optional, text } from './fact.ts';
import { failure } from './failure.ts';

const unfinishedWords = (count: number, what: string): string =>
  count === 0 ? '' : `${count} ${count === 1 ? 'training' : 'trainings'} ${what}`;

/** What can be wrong with a sweep's tasks, their results, and the cluster that computes them. */
export const clusterFailures = {
  /** A file of a sweep's folder: a task, a dataset, a state, weights, a result. */
  'task-file-unusable': failure({
    facts: { path: text, reason: text },
    problem: ({ path, reason }) => `${path} cannot be used. ${reason}`,
    remedy:
      'Check where it comes from. If it belongs to a sweep of yours, let the sweep write its tasks anew in another folder.',
  }),
  'task-not-in-sweep': failure({
    exit: 'usage',
    facts: { path: text },
    problem: ({ path }) => `${path} does not lie in the folder of a sweep.`,
    remedy:
      'Tasks are run where the sweep wrote them, in "tasks" of its folder: dataset, checkpoint and result lie beside them.',
  }),
  'task-other-version': failure({
    exit: 'usage',
    facts: { path: text, version: text, own: text },
    problem: ({ path, version, own }) =>
      `${path} was made by version ${version} of CC-Net Workstation; this is ${own}, which may train otherwise.`,
    remedy: 'Have the same version on every machine of the sweep.',
  }),
  'task-teacher-missing': failure({
    facts: { task: text, teacher: text },
    problem: ({ task, teacher }) =>
      `Task ${task} learns from the network of task ${teacher}, which is not trained yet.`,
    remedy: 'Run that task first.',
  }),
  /** A result that is not of the task whose place it takes. */
  'task-result-foreign': failure({
    facts: { path: text, reason: text },
    problem: ({ path, reason }) => `${path} is not the result of its task: ${reason}.`,
    remedy: 'It was left out. Remove it, and start the sweep again: the task is then computed anew.',
  }),
  'cluster-missing': failure({
    exit: 'usage',
    facts: {},
    problem: () => 'This machine cannot submit to Slurm: "sbatch" is not found, or does not run.',
    remedy: 'Start the sweep on a login node of the cluster, or let it run on this machine.',
  }),
  'cluster-refused': failure({
    exit: 'usage',
    facts: { reason: text },
    problem: ({ reason }) => `The cluster has refused: ${reason}`,
    remedy:
      'Check partition, time, memory and GPUs against what the cluster offers, and start the sweep again.',
  }),
  /** Told when nothing more is under way. `reason` is that of the first that failed. */
  'cluster-unfinished': failure({
    facts: { failed: number, cancelled: number, reason: optional(text), folder: text },
    problem: ({ failed, cancelled, reason }) =>
      [
        `Of the sweep on the cluster ${[unfinishedWords(failed, 'failed'), unfinishedWords(cancelled, 'were cancelled there')].filter(Boolean).join(' and ') || 'something is missing'}.`,
        ...(reason === null ? [] : [`The first failure: ${reason}`]),
      ].join(' '),
    remedy: ({ folder }) =>
      `What was finished is stored. The same sweep, started again, submits the others anew from their last epoch; what they printed lies in the logs of ${folder}.`,
  }),
};
