import { noiseField } from './noiseField.ts';
import { colourPlane, type Random, type SyntheticImage } from './syntheticImage.ts';

/** Ring-shaped glands with a pale lumen in purple stroma full of nuclei, as in H&E-stained colon sections. */
export function glands(side: number, random: Random): SyntheticImage {
  const [stroma, nuclei] = [noiseField(side, 20, 3, random), noiseField(side, 4, 1, random)];
  // 1 is pale, 0 is deep purple.
  const shade = stroma.map((value, p) => 0.45 + 0.35 * value - ((nuclei[p] ?? 0) > 0.72 ? 0.35 : 0));
  const mask = new Uint8Array(side * side);
  const count = 3 + Math.floor(3 * random());
  for (let i = 0; i < count; i++) {
    const [cx, cy] = [random() * side, random() * side];
    const radius = side * (0.11 + 0.1 * random());
    const lobes = Array.from({ length: 4 }, (_, k) => ({
      size: (0.16 * random()) / (k + 1),
      phase: random() * 2 * Math.PI,
    }));
    for (let p = 0; p < mask.length; p++) {
      const [dx, dy] = [(p % side) - cx, Math.floor(p / side) - cy];
      const angle = Math.atan2(dy, dx);
      const outline =
        radius * lobes.reduce((sum, lobe, k) => sum + lobe.size * Math.cos((k + 2) * angle + lobe.phase), 1);
      const distance = Math.hypot(dx, dy) / outline;
      if (distance > 1) continue;
      mask[p] = 255;
      const grain = 0.1 * (nuclei[p] ?? 0);
      // Lumen, then cytoplasm, then a rim of dark nuclei.
      if (distance < 0.4) shade[p] = 0.95 - grain;
      else if (distance < 0.78) shade[p] = 0.62 + grain;
      else shade[p] = (nuclei[p] ?? 0) > 0.42 ? 0.12 + grain : 0.5 + grain;
    }
  }
  const clipped = shade.map((value) => Math.max(0, Math.min(1, value)));
  return { side, channels: 3, pixels: colourPlane(clipped, [85, 40, 120], [245, 225, 240], 8, random), mask };
}
