/**
 * Trains the networks of `ccnet demo` again and writes assets/demo-library.json, the runs that come with the demo project:
 * `node scripts/make-demo-library.ts`. To be run when the complexity recipe or the demo's images change; takes a quarter of an hour.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exportLibrary } from '../src-main/calibration/exportLibrary.ts';
import { writeFileSafely } from '../src-main/files/writeFileSafely.ts';
import { runDemo } from '../src-main/jobs/demo/runDemo.ts';
import { Project } from '../src-main/project/project.ts';

const folder = mkdtempSync(join(tmpdir(), 'ccnet-demo-'));
const job = runDemo(join(folder, 'demo'));
const result = await job.run(new AbortController().signal, ({ message }) => {
  if (message !== undefined) process.stdout.write(`\r${message.padEnd(90)}`);
});
const project = Project.open(result.project, { readOnly: true });
// The tissue that the demo predicts stays unseen.
const runs = project.runs.all().filter((run) => run.datasetName !== result.prediction.dataset);
const library = exportLibrary(runs, project.calibratedDatasets.list());
project.close();
await writeFileSafely(fileURLToPath(new URL('../assets/demo-library.json', import.meta.url)), library.text);
rmSync(folder, { recursive: true, force: true });
console.log(`\n${library.exported} runs`);
