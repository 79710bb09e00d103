import { createHash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { canonicalJson } from '#common/canonicalJson.ts';
import type { RequestOf } from '#contract/jobs/jobKinds.ts';
import { SweepFolder } from '../../cluster/sweepFolder.ts';
import type { Project } from '../../project/project.ts';

/** Where a sweep lies: beside the project, under a name of what is asked, so that the same sweep finds its folder again. */
export function sweepFolderOf(project: Project, request: RequestOf<'calibrate'>): SweepFolder {
  if (request.sweepFolder !== undefined) return new SweepFolder(request.sweepFolder);
  const { datasets, family, width, alphas, seeds, folds, recipe, device } = request;
  const prints = datasets.map((id) => project.datasets.required(id).fingerprint);
  const asked = canonicalJson([prints, family, width, alphas, seeds, folds ?? null, recipe, device]);
  const key = createHash('sha256').update(asked).digest('hex').slice(0, 12);
  const name = basename(project.path).replace(/\.ccnet$/i, '');
  return new SweepFolder(join(dirname(project.path), `${name}.sweeps`, key));
}
