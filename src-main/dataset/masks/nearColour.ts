/** Channel distance (8-bit) within which lossy compression moves a colour. */
export const STRAY = 48;
/** Channel distance within which most pixels of a compressed mask stay. */
export const LOYAL = 12;

/** Whether two colours (0xRRGGBB) differ by at most `distance` in every channel. */
export function isNear(a: number, b: number, distance: number): boolean {
  return (
    Math.abs(((a >> 16) & 255) - ((b >> 16) & 255)) <= distance &&
    Math.abs(((a >> 8) & 255) - ((b >> 8) & 255)) <= distance &&
    Math.abs((a & 255) - (b & 255)) <= distance
  );
}
