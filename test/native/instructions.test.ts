import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const built = resolve(import.meta.dirname, '../../native/build/cmake/CMakeFiles/ccnet.dir');
// An object whose source has gone may still lie there.
const objects = globSync('**/*.o', { cwd: built })
  .filter((object) => existsSync(resolve(import.meta.dirname, '../../native', object.replace(/\.o$/, ''))))
  .map((object) => join(built, object));
const canLook =
  process.arch === 'x64' && existsSync(built) && spawnSync('objdump', ['--version']).status === 0;

/** Registers and instructions that a processor may lack which passed the check of cpu_features.cpp for the set. */
const BEYOND_SSE2 =
  /%[yz]mm|\bv[a-z0-9]+ |\b(pshufb|pmulld|pmaxs[bd]|pmins[bd]|pmaxu[dw]|pminu[dw]|pextr[bdq]|pinsr[bdq]|insertps|dpp[sd]|ptest|pabs[bwd]|palignr|blendv?p[sd]|pblendvb|round[sp][sd]|pmov[sz]x\w\w|pcmpeqq|pcmpgtq|movddup|movs[hl]dup|h(add|sub)p[sd]|addsubp[sd]|lddqu|popcnt|crc32\w?) /;
const BIT_MANIPULATION =
  /\b(andn|bextr|blsi|blsr|blsmsk|bzhi|mulx|pdep|pext|rorx|sarx|shlx|shrx|lzcnt|movbe|adcx|adox) /;
const BEYOND_AVX2_FMA = /%zmm|%[xy]mm(1[6-9]|2\d|3[01])|%k[0-7]|\bvcvtp[hs]2p[hs] /;
const BEYOND_AVX512_DQ_BW_VL =
  /\b(vpdp\w+|vp4dp\w+|v4f\w+|vpmadd52\w+|vpopcnt\w+|vpconflict\w+|vplzcnt\w+|vperm[it]?2?b|vpmultishift\w+|vpsh[lr]d\w+|vpcompress[bw]|vpexpand[bw]|vgf2\w+|vaes\w+|vpclmul\w+|vdpbf16ps|vcvtne\w+|\w+ph|vrcp28\w+|vexp2\w+|vrsqrt28\w+|t(dp|ile)\w+) /;

const SETS = [
  {
    set: 'avx512',
    file: /_avx512\.cpp\.o$/,
    type: 'VecAvx512',
    beyond: [BIT_MANIPULATION, BEYOND_AVX512_DQ_BW_VL],
  },
  {
    set: 'avx2',
    file: /_avx2\.cpp\.o$/,
    type: 'VecAvx2',
    beyond: [BIT_MANIPULATION, BEYOND_AVX2_FMA],
  },
] as const;

/** Lines of the disassembly that one of the patterns matches. */
const findings = (object: string, patterns: readonly RegExp[]): string[] =>
  execFileSync('objdump', ['-d', '--no-show-raw-insn', object], { encoding: 'utf8', maxBuffer: 2 ** 29 })
    .split('\n')
    .filter((line) => patterns.some((pattern) => pattern.test(`${line.split('\t')[1] ?? ''} `)));

describe.runIf(canLook)('the compiled objects', () => {
  it('use nothing beyond SSE2 but in the files of an instruction set', () => {
    const shared = objects.filter((object) => !SETS.some(({ file }) => file.test(object)));
    expect(shared.length).toBeGreaterThan(40);
    // xgetbv is executed only where cpuid announces it.
    const found = shared.map((object) => ({
      object: relative(built, object),
      lines: findings(object, [BEYOND_SSE2, BIT_MANIPULATION]).filter((line) => !line.includes('xgetbv')),
    }));
    expect(found.filter(({ lines }) => lines.length > 0)).toEqual([]);
  });

  describe.each(SETS)('of the instruction set $set', ({ file, type, beyond }) => {
    const own = objects.filter((object) => file.test(object));

    it('use nothing beyond what the processor was asked for, and do use that', () => {
      expect(own).toHaveLength(1);
      for (const object of own) {
        expect(findings(object, beyond), basename(object)).toEqual([]);
        expect(findings(object, [BEYOND_SSE2]).length).toBeGreaterThan(1000);
      }
    });

    // The linker keeps one copy of an inline function, from any file: a copy of std::max made here, with AVX-512,
    // could become everybody's.
    it('share no function with other files', () => {
      for (const object of own) {
        const weak = execFileSync('nm', ['--demangle', '--defined-only', object], { encoding: 'utf8' })
          .split('\n')
          .filter((line) => /^\S* [uVvWw] /.test(line) && !line.includes(type));
        expect(weak, object).toEqual([]);
      }
    });

    it('run nothing when the addon is loaded', () => {
      for (const object of own) {
        const sections = execFileSync('objdump', ['-h', object], { encoding: 'utf8' });
        expect(sections).not.toMatch(/\.(init_array|ctors)/);
      }
    });
  });
});
