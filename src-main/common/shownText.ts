/**
 * Characters that show nothing and change what is shown around them: control characters, separators of lines and paragraphs, and marks
 * that turn the direction of writing. A name that holds them can pretend to be another one, or a line of its own.
 */
const UNSHOWN = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;
const EACH = new RegExp(UNSHOWN, 'gu');

/** Whether a text can be shown as it is, on one line. */
export function isShown(text: string): boolean {
  return !UNSHOWN.test(text);
}

/**
 * A text with what cannot be shown written out: "\u001b".
 * @param kept characters that stay as they are, such as the ends of lines
 */
export function shown(text: string, kept = ''): string {
  return text.replace(EACH, (mark) =>
    kept.includes(mark) ? mark : `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
