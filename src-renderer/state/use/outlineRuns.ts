/** Rows `y` of a picture where a stretch of outline begins at `x` and is `length` pixels long. */
export interface OutlineRun {
  readonly x: number;
  readonly y: number;
  readonly length: number;
}

/** What a probability map shows at a threshold. */
export interface ThresholdedMap {
  readonly outline: readonly OutlineRun[];
  /** Of foreground, 0 to 1. */
  readonly share: number;
}

/**
 * Outlines of what lies above a threshold: foreground pixels that touch background or the picture's border.
 * @param map height * width probabilities, 0 to 255
 * @param threshold 0 to 1
 */
export function thresholdedMap(map: Uint8Array, width: number, threshold: number): ThresholdedMap {
  const height = map.length / width;
  const cut = threshold * 255;
  const inside = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < width && y < height && (map[y * width + x] ?? 0) > cut;
  const outline: OutlineRun[] = [];
  let found = 0;
  for (let y = 0; y < height; y += 1) {
    let begin = -1;
    for (let x = 0; x <= width; x += 1) {
      const own = inside(x, y);
      if (own) found += 1;
      const edge = own && !(inside(x - 1, y) && inside(x + 1, y) && inside(x, y - 1) && inside(x, y + 1));
      if (edge && begin < 0) begin = x;
      if (!edge && begin >= 0) {
        outline.push({ x: begin, y, length: x - begin });
        begin = -1;
      }
    }
  }
  return { outline, share: map.length === 0 ? 0 : found / map.length };
}
