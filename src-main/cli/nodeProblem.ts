/** The oldest Node that has all that the program uses. */
const OLDEST = 24;

/** Why the command line cannot run on a version of Node ("20.11.1"), and what to do; null where it can. */
export function nodeProblem(version: string): string | null {
  if (Number(version.split('.')[0]) >= OLDEST) return null;
  return `ccnet needs Node ${OLDEST} or newer, and this is Node ${version}.\nStart it as "npx ccnet ...", which takes the Node that came with its packages, or install Node ${OLDEST}.`;
}
