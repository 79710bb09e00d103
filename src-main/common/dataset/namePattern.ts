import { CcnetError } from '../errors.ts';

const PLACEHOLDER = /\{group(?::([1-9]\d?))?\}|\*/g;
/** Between the parts of a group that a pattern takes from several places. */
const JOINT = ' ';

/**
 * Reads a pattern of image names that says which part names the group. `{group}` stands for as few characters as fit, `{group:3}` for exactly
 * three, `*` for any number, everything else for itself, upper and lower case alike: `{group}_*` makes `P01` of `P01_t2`, and
 * `{group}_{group}_*` makes `patient1 seq2` of `patient1_seq2_0121`.
 *
 * @returns the group of a name, or null where the pattern does not fit
 * @throws group-pattern-invalid when no `{group}` is in it
 */
export function namePattern(pattern: string): (name: string) => string | null {
  let source = '';
  let groups = 0;
  let end = 0;
  for (const match of pattern.matchAll(PLACEHOLDER)) {
    source += literal(pattern.slice(end, match.index));
    end = match.index + match[0].length;
    if (match[0] === '*') {
      source += '.*?';
    } else {
      groups += 1;
      source += match[1] ? `(.{${match[1]}})` : '(.+?)';
    }
  }
  if (groups === 0 || pattern.slice(end).includes('{group')) {
    throw new CcnetError('group-pattern-invalid', { pattern });
  }
  const expression = new RegExp(`^${source}${literal(pattern.slice(end))}$`, 'isu');
  return (name) => {
    const parts = expression.exec(name)?.slice(1);
    return parts ? parts.join(JOINT).normalize('NFC').toLowerCase() : null;
  };
}

const literal = (text: string): string => text.normalize('NFC').replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
