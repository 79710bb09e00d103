#!/usr/bin/env node
import { nodeProblem } from './cli/nodeProblem.ts';
import { runCli } from './cli/runCli.ts';
import { stopSignal } from './cli/stopSignal.ts';
import { programsFromPath } from './files/programsFromPath.ts';
import { forkTrainer } from './jobs/sweep/forkTrainer.ts';
import { provideTrainers } from './jobs/sweep/trainers.ts';

const problem = nodeProblem(process.versions.node);
if (problem !== null) {
  console.error(problem);
  process.exit(2);
}
programsFromPath();
provideTrainers(forkTrainer);

process.exitCode = await runCli(process.argv.slice(2), stopSignal(process), process);
