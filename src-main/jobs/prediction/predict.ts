import type { RequestOf, ResultOf } from '#contract/jobs/jobKinds.ts';
import { openEngine } from '../../engine/openEngine.ts';
import type { Project } from '../../project/project.ts';
import { answerQuestion } from './answerQuestion.ts';
import type { Job } from '../job.ts';

/** Answers "how small may it be?" without training anything. */
export function predict(request: RequestOf<'predict'>, project: Project): Job<ResultOf<'predict'>> {
  return {
    run: async (signal, onProgress) =>
      answerQuestion(project, request, undefined, await openEngine('native'), signal, onProgress),
  };
}
