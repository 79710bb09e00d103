import { existsSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { UsageError } from '#common/errors.ts';
import { type JobKind, type JobRequest, needsProject, type RequestOf } from '#contract/jobRequest.ts';
import type { ResultOf } from '#contract/jobResult.ts';
import { createJob } from '../jobs/createJob.ts';
import { Project } from '../project/project.ts';
import type { Invocation } from './command.ts';
import { requiredOption } from './readOptions.ts';

/** Jobs that make sense in a project that does not exist yet. */
const MAKES_PROJECT: readonly JobKind[] = ['add-dataset', 'import-library'];

/** Jobs that change nothing in the project, so that it may be open elsewhere. */
const ONLY_READS: readonly JobKind[] = ['export-library'];

function projectPath({ options }: Invocation): string {
  const path = resolve(requiredOption(options, 'project'));
  if (extname(path).toLowerCase() !== '.ccnet') {
    throw new UsageError(
      `${path}: a project file ends in .ccnet.`,
      'Give the project file, such as --project lab.ccnet.',
    );
  }
  return path;
}

/** Opens the project named by --project, runs `body` and closes it, whatever happens. */
export async function withProject<Result>(
  invocation: Invocation,
  mode: 'read' | 'write' | 'create',
  body: (project: Project) => Promise<Result>,
): Promise<Result> {
  const path = projectPath(invocation);
  const make = mode === 'create' && !existsSync(path);
  const project = make ? Project.create(path) : Project.open(path, { readOnly: mode === 'read' });
  try {
    return await body(project);
  } finally {
    project.close();
  }
}

/** Runs the job of a request in this process. */
export async function runJob<Kind extends JobKind>(
  request: RequestOf<Kind> & { kind: Kind },
  invocation: Invocation,
): Promise<ResultOf<Kind>> {
  const run = (project: Project | null): Promise<ResultOf<Kind>> =>
    createJob<Kind>(request, project).run(invocation.signal, invocation.onProgress);
  const kind: JobRequest['kind'] = request.kind;
  if (!needsProject(kind)) return run(null);
  const mode = MAKES_PROJECT.includes(kind) ? 'create' : ONLY_READS.includes(kind) ? 'read' : 'write';
  return withProject(invocation, mode, run);
}
