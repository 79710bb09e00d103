/** Saves checkpoint after checkpoint until it is killed: `node writeCheckpoints.ts PATH TRAINING VALUES`. */
import { Project } from '../../src-main/project/project.ts';
import { exampleCheckpoint } from './examples.ts';

const [path = '', training = '', values = ''] = process.argv.slice(2);
const project = Project.open(path);
const last = project.checkpoints.load(Number(training))?.epoch ?? 0;
for (let epoch = last + 1; ; epoch++) {
  project.checkpoints.save(Number(training), exampleCheckpoint(epoch, Number(values)));
  process.stdout.write(`${epoch}\n`);
}
