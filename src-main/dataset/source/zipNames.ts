import { CP437, CP850, CP852 } from './dosCodePages.ts';

const UTF8_FLAG = 0x800;

/** Turns the raw names of an archive's entries into text. */
type Decode = (raw: Buffer) => string | null;

const webEncoding = (label: string): Decode => {
  const decoder = new TextDecoder(label, { fatal: true });
  return (raw) => {
    try {
      return decoder.decode(raw);
    } catch {
      return null;
    }
  };
};

const dosEncoding =
  (upper: string): Decode =>
  (raw) =>
    Array.from(raw, (byte) => (byte < 128 ? String.fromCharCode(byte) : (upper[byte - 128] ?? '?'))).join('');

const utf8 = webEncoding('utf-8');

/** Code pages of old tools, by how often they are met; of equally likely readings the first is taken. */
const LEGACY: readonly Decode[] = [
  dosEncoding(CP437),
  dosEncoding(CP850),
  dosEncoding(CP852),
  webEncoding('shift_jis'),
  webEncoding('windows-1250'),
  webEncoding('windows-1252'),
  webEncoding('gb18030'),
  webEncoding('euc-kr'),
  webEncoding('ibm866'),
];

/**
 * A decoder for the entry names of one archive that do not say how they are written (no UTF-8 flag): UTF-8 where all of them
 * are valid UTF-8, as macOS and Linux tools write without saying so; otherwise the legacy code page whose reading looks most
 * like words. One decision for the archive, so that an image and its mask are always read alike.
 *
 * @param raw names without the UTF-8 flag
 */
function legacyDecoder(raw: readonly Buffer[]): (name: Buffer) => string {
  const foreign = raw.filter((name) => name.some((byte) => byte >= 128));
  if (foreign.length === 0) return (name) => name.toString('latin1');
  if (foreign.every((name) => utf8(name) !== null)) return (name) => utf8(name) ?? name.toString('latin1');
  let best: { decode: Decode; score: number } | null = null;
  for (const decode of LEGACY) {
    const read = foreign.map(decode);
    if (read.some((name) => name === null)) continue;
    const score = read.reduce((sum, name) => sum + likeliness(name ?? ''), 0);
    if (best === null || score > best.score) best = { decode, score };
  }
  const decode = best?.decode ?? dosEncoding(CP437);
  return (name) => decode(name) ?? name.toString('latin1');
}

/** How much a name looks like words: letters of one script next to each other speak for a reading, symbols against it. */
function likeliness(name: string): number {
  const letters = [...name];
  return letters.reduce((sum, letter, index) => {
    if ((letter.codePointAt(0) ?? 0) < 128) return sum;
    return sum + likelinessOf(letter, letters[index - 1] ?? '', letters[index + 1] ?? '');
  }, 0);
}

function likelinessOf(letter: string, before: string, after: string): number {
  if (/[\p{Script=Hiragana}\p{Script=Katakana}\u30fc]/u.test(letter)) return isHalfWidth(letter) ? -1 : 3;
  if (/[\p{Script=Han}\p{Script=Hangul}]/u.test(letter)) {
    // Two bytes of which one swallowed the neighbouring letter of another reading.
    const amidLatin = /[a-z]/i.test(before) || /[a-z]/i.test(after);
    return isCommon(letter) && !amidLatin ? 1.5 : -1;
  }
  if (/(?![\u00aa\u00ba])\p{Script=Latin}/u.test(letter)) {
    if (isOddCapital(letter, before)) return -1;
    if (!/[A-Za-z]|\p{Ll}/u.test(before + after)) return 0.3;
    return letter === '\u00ff' ? 0.2 : 1;
  }
  if (EASTERN.test(letter)) return EASTERN.test(before) || EASTERN.test(after) ? 0.8 : -0.5;
  return -2;
}

const EASTERN = /[\p{Script=Cyrillic}\p{Script=Greek}]/u;

const isHalfWidth = (letter: string): boolean => letter >= '\uff61' && letter <= '\uff9f';

/** The block in which everyday characters of Chinese, Japanese and Korean lie. */
const isCommon = (letter: string): boolean =>
  (letter >= '\u4e00' && letter <= '\u9fff') || (letter >= '\uac00' && letter <= '\ud7a3');

/** A capital within a word of small letters. */
const isOddCapital = (letter: string, before: string): boolean =>
  /\p{Lu}/u.test(letter) && /\p{Ll}/u.test(before);

/** What the raw name of an entry is made of. */
export interface RawName {
  readonly bytes: Buffer;
  readonly flags: number;
  /** The name of an Info-ZIP Unicode Path field whose checksum fits, when there is one. */
  readonly unicode: string | null;
}

/** "./images//a.png" is "images/a.png"; a slash that makes a path absolute, or a folder, stays. */
function withoutEmptySteps(path: string): string {
  if (path.startsWith('/')) return path;
  const steps = path.split('/');
  const kept = steps.filter((step, index) =>
    index === 0 ? step !== '.' : index === steps.length - 1 || (step !== '' && step !== '.'),
  );
  return kept.join('/') || './';
}

/**
 * The names of an archive's entries as text, with forward slashes: backslashes, which old Windows tools write, separate folders
 * too. Whether a name is safe is decided afterwards (zipEntryFault), so that nothing escapes by being spelt otherwise.
 */
export function zipNames(raw: readonly RawName[]): string[] {
  // Some tools set the flag and write a code page all the same.
  const says = ({ bytes, flags, unicode }: RawName): boolean =>
    unicode !== null || ((flags & UTF8_FLAG) !== 0 && utf8(bytes) !== null);
  const legacy = legacyDecoder(raw.filter((name) => !says(name)).map(({ bytes }) => bytes));
  return raw.map((name) => {
    const text = name.unicode ?? (says(name) ? name.bytes.toString('utf8') : legacy(name.bytes));
    return withoutEmptySteps(text.replaceAll('\\', '/'));
  });
}
