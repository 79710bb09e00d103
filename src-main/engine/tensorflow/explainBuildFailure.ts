import {
  AddonBuildError,
  LibraryMismatchError,
  NoCompilerError,
  type TensorflowSetupError,
} from './setupErrors.ts';

interface Cause {
  readonly sign: RegExp;
  readonly error: (found: string, library: string, log: string) => TensorflowSetupError;
}

/** What CMake, compilers and linkers say, by cause; the first that is found counts. */
const CAUSES: readonly Cause[] = [
  {
    sign: /CMake [\d.]+ or higher is required.*|No CMAKE_CXX_COMPILER could be found|CMAKE_CXX_COMPILER not set|unable to find a build program.*|could not find any instance of Visual Studio|is not able to compile a simple test program/i,
    error: (found) => new NoCompilerError(`CMake says "${found.trim()}"`),
  },
  {
    sign: /.*(?:tensorflow|tsl|xla|absl)\/[\w/.]+['"]?:? (?:No such file or directory|file not found).*|.*Cannot open include file: '(?:tensorflow|tsl)\/.*/i,
    error: (found, library, log) =>
      new LibraryMismatchError(library, `a header is missing (${found.trim()}).`, log),
  },
  {
    sign: /.*(?:file in wrong format|skipping incompatible|wrong ELF class|building for .* but attempting to link|conflicts with target machine type).*/i,
    error: (found, library, log) =>
      new LibraryMismatchError(library, `it is for another processor (${found.trim()}).`, log),
  },
  {
    sign: /.*(?:undefined reference to|undefined symbol|unresolved external symbol|Undefined symbols for architecture|file format not recognized|file too short).*/i,
    error: (found, library, log) =>
      new LibraryMismatchError(
        library,
        `a function of TensorFlow 2 is missing in it (${found.trim()}).`,
        log,
      ),
  },
];

/** Tells why a build failed from what was printed. @param log file with the whole output, named in the remedy */
export function explainBuildFailure(output: string, library: string, log: string): TensorflowSetupError {
  for (const { sign, error } of CAUSES) {
    const found = sign.exec(output)?.[0];
    if (found !== undefined) return error(found, library, log);
  }
  const lines = output.trim().split('\n');
  return new AddonBuildError(lines.find((line) => /error/i.test(line))?.trim() ?? lines.at(-1) ?? '', log);
}
