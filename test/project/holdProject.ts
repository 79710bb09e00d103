/** Opens a project, prints "open", and holds it until its input ends: `node holdProject.ts PATH read|write|join PID`. */
import { CcnetError } from '#common/errors.ts';
import { Project } from '../../src-main/project/project.ts';

const [path = '', mode = '', pid = ''] = process.argv.slice(2);
const options =
  mode === 'read' ? { readOnly: true } : mode === 'join' ? { joinWriter: Number(pid) } : { readOnly: false };
try {
  const project = Project.open(path, options);
  console.log(`open ${project.runs.all().length}`);
  process.stdin.resume();
  process.stdin.on('end', () => project.close());
} catch (error) {
  console.log(error instanceof CcnetError ? `${error.failure.code}: ${error.message}` : String(error));
}
