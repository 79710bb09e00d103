#!/usr/bin/env node
import { runCli } from './cli/runCli.ts';

const stop = new AbortController();
process.on('SIGINT', () => {
  // A second Ctrl-C does not wait for the running step.
  if (stop.signal.aborted) process.exit(130);
  stop.abort();
});
process.on('SIGTERM', () => stop.abort());
// A reader such as `head` that stops reading ends the output, not the work.
process.stdout.on('error', () => undefined);

process.exitCode = await runCli(process.argv.slice(2), stop.signal, process);
