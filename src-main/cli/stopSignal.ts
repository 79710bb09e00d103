import { EXIT } from '#common/exitCodes.ts';

type Process = Pick<NodeJS.Process, 'on' | 'exit' | 'stdin' | 'stdout' | 'stderr'>;

/**
 * Is aborted when somebody wants the command to end: by Ctrl-C, by the system, or by closing the terminal. The work that is under way then
 * stops soon, and what it finished is kept.
 */
export function stopSignal(process: Process): AbortSignal {
  const stop = new AbortController();
  process.on('SIGINT', () => {
    // A second Ctrl-C does not wait for the running step.
    if (stop.signal.aborted) process.exit(EXIT.cancelled);
    stop.abort();
  });
  process.on('SIGTERM', () => stop.abort());
  // Under nohup the work goes on when the terminal is closed. It takes the terminal from all three, and listening would undo what it asked.
  const { stdin, stdout, stderr } = process;
  if ([stdin, stdout, stderr].some(({ isTTY }) => isTTY)) process.on('SIGHUP', () => stop.abort());
  return stop.signal;
}
