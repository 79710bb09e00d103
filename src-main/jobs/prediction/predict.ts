import type { RequestOf } from '#contract/jobRequest.ts';
import type { ResultOf } from '#contract/jobResult.ts';
import { jobTitle } from '#contract/jobTitle.ts';
import { openEngine } from '../../engine/openEngine.ts';
import type { Project } from '../../project/project.ts';
import { answerQuestion } from './answerQuestion.ts';
import type { Job } from '../job.ts';

/** Answers "how small may it be?" without training anything. */
export function predict(request: RequestOf<'predict'>, project: Project): Job<ResultOf<'predict'>> {
  return {
    kind: request.kind,
    title: jobTitle(request),
    run: async (signal, onProgress) =>
      answerQuestion(project, request, undefined, await openEngine('native'), signal, onProgress),
  };
}
