/** Value of `--name=value` among the arguments of this process, or "". */
export function workerArgument(name: string): string {
  const prefix = `--${name}=`;
  return process.argv.find((argument) => argument.startsWith(prefix))?.slice(prefix.length) ?? '';
}
