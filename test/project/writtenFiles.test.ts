import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Project } from '../../src-main/project/project.ts';
import { temporaryFolder } from './temporaryFolder.ts';

it('a job remembers the files that it wrote over restarts, and when it is run again without writing any', () => {
  const path = join(temporaryFolder(), 'lab.ccnet');
  const written = [
    { file: '/small/a.onnx', what: 'onnx', network: 7, bytes: 12, differs: { how: 'at most', by: 1e-7 } },
    { file: '/small/report.html', what: 'report', network: 7, bytes: null, differs: null },
  ] as const;
  const project = Project.create(path);
  const id = project.jobs.add('compress', 'Compress');
  expect(project.jobs.byId(id)?.written).toEqual([]);
  project.jobs.end(id, 'finished', null, written);
  project.close();
  const again = Project.open(path);
  again.jobs.requeue(id);
  again.jobs.end(id, 'cancelled');
  expect(again.jobs.byId(id)?.written).toEqual(written);
  again.close();
});
