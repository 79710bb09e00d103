#!/usr/bin/env node
import { runCli } from './cli/runCli.ts';
import { stopSignal } from './cli/stopSignal.ts';

process.exitCode = await runCli(process.argv.slice(2), stopSignal(process), process);
