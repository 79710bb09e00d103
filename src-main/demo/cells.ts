import { noiseField } from './noiseField.ts';
import { colourPlane, type Random, type SyntheticImage } from './syntheticImage.ts';

/** Bright elliptical nuclei on a dark background, as in fluorescence microscopy. */
export function cells(
  side: number,
  random: Random,
  style = { count: 14, radius: 9, noise: 9 },
): SyntheticImage {
  const shade = noiseField(side, side / 2, 2, random).map((value) => 0.05 + 0.12 * value);
  const texture = noiseField(side, 6, 2, random);
  const mask = new Uint8Array(side * side);
  const count = Math.round(style.count * (0.7 + 0.6 * random()));
  for (let i = 0; i < count; i++) {
    const [cx, cy, angle] = [random() * side, random() * side, random() * Math.PI];
    const a = style.radius * (0.7 + 0.7 * random());
    const b = a * (0.6 + 0.4 * random());
    const brightness = 0.35 + 0.5 * random();
    for (let y = Math.max(0, Math.floor(cy - a - 2)); y < Math.min(side, cy + a + 2); y++) {
      for (let x = Math.max(0, Math.floor(cx - a - 2)); x < Math.min(side, cx + a + 2); x++) {
        const u = ((x - cx) * Math.cos(angle) + (y - cy) * Math.sin(angle)) / a;
        const v = ((y - cy) * Math.cos(angle) - (x - cx) * Math.sin(angle)) / b;
        const distance = Math.hypot(u, v);
        const p = y * side + x;
        // The optics blur the rim; the true outline is where the ellipse ends.
        const glow =
          brightness * Math.max(0, Math.min(1, (1.15 - distance) / 0.3)) * (0.75 + 0.4 * (texture[p] ?? 0));
        shade[p] = Math.max(shade[p] ?? 0, glow);
        if (distance <= 1) mask[p] = 255;
      }
    }
  }
  return { side, channels: 1, pixels: colourPlane(shade, [0], [255], style.noise, random), mask };
}
