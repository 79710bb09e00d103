import { CcnetError } from '#common/errors.ts';
import type { FactsOf } from '#common/failures/failures.ts';

/** What CMake says where there is nothing to compile with. */
const NO_COMPILER =
  /CMake [\d.]+ or higher is required.*|No CMAKE_CXX_COMPILER could be found|CMAKE_CXX_COMPILER not set|unable to find a build program.*|could not find any instance of Visual Studio|is not able to compile a simple test program/i;

/** What compilers and linkers say of a library that does not fit; the first that is found counts. */
const MISMATCHES: Readonly<Record<FactsOf<'libtensorflow-mismatch'>['why'], RegExp>> = {
  header:
    /.*(?:tensorflow|tsl|xla|absl)\/[\w/.]+['"]?:? (?:No such file or directory|file not found).*|.*Cannot open include file: '(?:tensorflow|tsl)\/.*/i,
  processor:
    /.*(?:file in wrong format|skipping incompatible|wrong ELF class|building for .* but attempting to link|conflicts with target machine type).*/i,
  function:
    /.*(?:undefined reference to|undefined symbol|unresolved external symbol|Undefined symbols for architecture|file format not recognized|file too short).*/i,
};

/** Tells why a build failed from what was printed. @param log file with the whole output, named in the remedy */
export function explainBuildFailure(output: string, library: string, log: string): CcnetError {
  const noCompiler = NO_COMPILER.exec(output)?.[0];
  if (noCompiler !== undefined)
    return new CcnetError('no-compiler', { started: true, reason: noCompiler.trim() });
  for (const why of ['header', 'processor', 'function'] as const) {
    const said = MISMATCHES[why].exec(output)?.[0];
    if (said !== undefined)
      return new CcnetError('libtensorflow-mismatch', { library, why, said: said.trim(), log });
  }
  const lines = output.trim().split('\n');
  const reason = lines.find((line) => /error/i.test(line))?.trim() ?? lines.at(-1) ?? '';
  return new CcnetError('addon-build-failed', { reason, log });
}
