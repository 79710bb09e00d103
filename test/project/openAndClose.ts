/** Says that it is ready, and opens and closes a project as soon as it is told to: `node openAndClose.ts PATH`. */
import { Project } from '../../src-main/project/project.ts';

const [path = ''] = process.argv.slice(2);
process.stdin.once('data', () => {
  try {
    Project.open(path).close();
    console.log('done');
  } catch (error) {
    console.log(String(error));
  }
  process.exit(0);
});
console.log('ready');
