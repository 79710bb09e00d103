/** Mark of a pixel of a mask that counts neither as background (0) nor as foreground (1). */
export const IGNORED = 2;

/** Pixels that count. */
export function countedPixels(marks: Uint8Array): number {
  let counted = 0;
  for (const mark of marks) if (mark !== IGNORED) counted += 1;
  return counted;
}

/** The same with everything that does not count as background, for what knows only objects and what is around them. */
export function objectMask(marks: Uint8Array): Uint8Array {
  return marks.includes(IGNORED) ? marks.map((mark) => (mark === 1 ? 1 : 0)) : marks;
}
