import { noiseField } from './noiseField.ts';
import { colourPlane, type Random, type SyntheticImage } from './syntheticImage.ts';

/** Dark borders between grey compartments with organelle-like spots, as in electron microscopy of neural tissue. */
export function membranes(side: number, random: Random): SyntheticImage {
  const spacing = 22;
  const sites: { x: number; y: number }[] = [];
  for (let y = -spacing; y < side + spacing; y += spacing) {
    for (let x = -spacing; x < side + spacing; x += spacing) {
      sites.push({ x: x + spacing * 1.2 * (random() - 0.5), y: y + spacing * 1.2 * (random() - 0.5) });
    }
  }
  const [warpX, warpY] = [noiseField(side, 24, 2, random), noiseField(side, 24, 2, random)];
  const [tissue, spots] = [noiseField(side, 10, 3, random), noiseField(side, 7, 1, random)];
  const shade = new Float32Array(side * side);
  const mask = new Uint8Array(side * side);
  for (let p = 0; p < shade.length; p++) {
    const x = (p % side) + 12 * ((warpX[p] ?? 0) - 0.5);
    const y = Math.floor(p / side) + 12 * ((warpY[p] ?? 0) - 0.5);
    let [first, second] = [Infinity, Infinity];
    for (const site of sites) {
      const distance = Math.hypot(x - site.x, y - site.y);
      if (distance < first) [first, second] = [distance, first];
      else if (distance < second) second = distance;
    }
    const border = second - first;
    if (border < 2.6) mask[p] = 255;
    const wall = Math.min(1, Math.max(0, (border - 1.2) / 2.6));
    // Organelles are as dark as membranes: the network must use shape, not grey level alone.
    const organelle = (spots[p] ?? 0) > 0.78 ? 0.35 : 1;
    shade[p] = (0.5 + 0.45 * (tissue[p] ?? 0)) * (0.25 + 0.75 * wall) * organelle;
  }
  return { side, channels: 1, pixels: colourPlane(shade, [20], [235], 12, random), mask };
}
