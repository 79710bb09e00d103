/**
 * Resizes a 0/1 mask by taking the nearest pixel to each new pixel's centre. Unlike a majority of the covered area,
 * that keeps the expected share of foreground for structures thinner than a new pixel (vessels, membranes), on which
 * both blob density and Dice depend.
 *
 * @param mask height * width values
 */
export function resizeMask(
  mask: Uint8Array,
  width: number,
  height: number,
  newWidth: number,
  newHeight: number,
): Uint8Array {
  if (width === newWidth && height === newHeight) return mask;
  const columns = Uint32Array.from({ length: newWidth }, (_, x) =>
    Math.floor(((x + 0.5) * width) / newWidth),
  );
  const resized = new Uint8Array(newWidth * newHeight);
  for (let y = 0; y < newHeight; y += 1) {
    const row = Math.floor(((y + 0.5) * height) / newHeight) * width;
    for (let x = 0; x < newWidth; x += 1) resized[y * newWidth + x] = mask[row + (columns[x] ?? 0)] ?? 0;
  }
  return resized;
}
