import { existsSync, rmSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { CcnetError } from '#common/errors.ts';
import {
  type JobKind,
  jobKindOf,
  needsProject,
  type RequestOf,
  type ResultOf,
} from '#contract/jobs/jobKinds.ts';
import { readsImagesOf } from '#contract/jobs/readsImagesOf.ts';
import { requireKnownServer } from '../files/requireKnownServer.ts';
import { newProject } from '../jobs/calibration/newProject.ts';
import { createJob } from '../jobs/createJob.ts';
import { Project } from '../project/project.ts';
import type { Invocation } from './command.ts';
import { namedServers } from './namedServers.ts';
import { requiredOption } from './readOptions.ts';

/** How a project is to be opened: `create` makes it where there is none, with the library that comes with the product unless --no-library. */
type OpenMode = 'read' | 'write' | 'create';

function projectPath({ options }: Invocation): string {
  const path = resolve(requiredOption(options, 'project'));
  if (extname(path).toLowerCase() !== '.ccnet') {
    throw new CcnetError('project-extension', { path });
  }
  return path;
}

/** Opens the project named by --project, runs `body` and closes it, whatever happens. */
export async function withProject<Result>(
  invocation: Invocation,
  mode: OpenMode,
  body: (project: Project) => Promise<Result>,
): Promise<Result> {
  const path = projectPath(invocation);
  const make = mode === 'create' && !existsSync(path);
  const starterLibrary = invocation.options['no-library'] !== true;
  const project = make
    ? newProject(path, { starterLibrary })
    : Project.open(path, { readOnly: mode === 'read' });
  const held = make ? contentOf(project) : null;
  let failed = true;
  try {
    const result = await body(project);
    failed = false;
    return result;
  } finally {
    // Nobody asked for an empty project: a mistyped path would leave one behind.
    const isEmpty = failed && held !== null && contentOf(project) === held;
    project.close();
    if (isEmpty) for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
  }
}

/** What somebody would miss of a project that is removed. */
function contentOf({ datasets, runs }: Project): string {
  return JSON.stringify([datasets.list().length, runs.list().length]);
}

/**
 * Runs a job in this process.
 * @param ask makes its request; here the names of datasets that people write become the ids that jobs know. Without a project for kinds that need none.
 */
export async function runJob<Kind extends JobKind>(
  kind: Kind,
  invocation: Invocation,
  ask: (project: Project) => Omit<RequestOf<Kind>, 'kind'>,
): Promise<ResultOf<Kind>> {
  const run = (project: Project | null): Promise<ResultOf<Kind>> =>
    runJobIn(project, kind, invocation, ask(project as Project));
  return needsProject(kind) ? withProject(invocation, modeOf(kind), run) : run(null);
}

/** As `runJob`, in a project that is open already. */
export async function runJobIn<Kind extends JobKind>(
  project: Project | null,
  kind: Kind,
  invocation: Invocation,
  asked: Omit<RequestOf<Kind>, 'kind'>,
): Promise<ResultOf<Kind>> {
  // Spreading a generic loses that it is the rest of this kind's request.
  const request = { kind, ...asked } as RequestOf<Kind> & { kind: Kind };
  if (project) await requireKnownServers(invocation, project, (id) => readsImagesOf(request, id));
  else await namedServers(invocation);
  return createJob<Kind>(request, project).run(invocation.signal, invocation.onProgress);
}

/**
 * Reads no images from a server that the user has never named, however the project names it.
 * @param reads whether the images of a dataset are wanted @throws unknown-server
 */
export async function requireKnownServers(
  invocation: Invocation,
  { datasets, path }: Pick<Project, 'datasets' | 'path'>,
  reads: (dataset: number) => boolean,
): Promise<void> {
  const named = await namedServers(invocation);
  for (const { id, root } of datasets.list()) if (reads(id)) await requireKnownServer(root, path, named);
}

/** A job that changes nothing works also while the project is open elsewhere; one that needs nothing, also in a new one. */
function modeOf(kind: JobKind): OpenMode {
  const { reads, writes } = jobKindOf(kind);
  if (!writes) return 'read';
  return reads === 'nothing' ? 'create' : 'write';
}
