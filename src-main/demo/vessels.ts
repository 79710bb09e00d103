import { noiseField } from './noiseField.ts';
import { colourPlane, gaussian, type Random, type SyntheticImage } from './syntheticImage.ts';

interface Branch {
  x: number;
  y: number;
  heading: number;
  radius: number;
}

/** Walks one vessel across the picture, calling `stamp` at each half pixel and `fork` where a thinner branch leaves. */
function walk(
  start: Branch,
  side: number,
  random: Random,
  stamp: (b: Branch) => void,
  fork: (b: Branch) => void,
): void {
  const branch = { ...start };
  while (
    branch.radius > 0.55 &&
    branch.x > -4 &&
    branch.y > -4 &&
    branch.x < side + 4 &&
    branch.y < side + 4
  ) {
    stamp(branch);
    branch.x += 0.5 * Math.cos(branch.heading);
    branch.y += 0.5 * Math.sin(branch.heading);
    branch.heading += 0.035 * gaussian(random);
    branch.radius *= 0.9985;
    if (random() < 0.012) {
      const turn = (random() < 0.5 ? -1 : 1) * (0.4 + 0.5 * random());
      fork({ ...branch, heading: branch.heading + turn, radius: branch.radius * (0.55 + 0.25 * random()) });
      branch.radius *= 0.93;
    }
  }
}

/** A tree of thin dark vessels on an unevenly lit orange ground, as in fundus photographs. */
export function vessels(side: number, random: Random): SyntheticImage {
  const light = noiseField(side, side / 2, 3, random);
  const shade = light.map((value) => 0.45 + 0.5 * value);
  const depth = new Float32Array(side * side);
  const mask = new Uint8Array(side * side);
  const stamp = ({ x, y, radius }: Branch): void => {
    for (let py = Math.max(0, Math.floor(y - radius - 1)); py <= Math.min(side - 1, y + radius + 1); py++) {
      for (let px = Math.max(0, Math.floor(x - radius - 1)); px <= Math.min(side - 1, x + radius + 1); px++) {
        const distance = Math.hypot(px - x, py - y);
        const p = py * side + px;
        const thickness =
          Math.min(1, 0.35 + radius / 4) * Math.max(0, Math.min(1, (radius + 0.7 - distance) / 1.2));
        depth[p] = Math.max(depth[p] ?? 0, thickness);
        if (distance <= radius) mask[p] = 255;
      }
    }
  };
  const disc = { x: side * (0.25 + 0.5 * random()), y: side * (0.25 + 0.5 * random()) };
  const pending: Branch[] = Array.from({ length: 6 }, (_, i) => ({
    ...disc,
    heading: (i + random()) * (Math.PI / 3),
    radius: 1.8 + 1.4 * random(),
  }));
  for (let grown = 0; pending.length > 0 && grown < 90; grown++) {
    const branch = pending.shift();
    if (branch) walk(branch, side, random, stamp, (child) => pending.push(child));
  }
  const ground = shade.map((value, p) => value * (1 - 0.42 * (depth[p] ?? 0)));
  return { side, channels: 3, pixels: colourPlane(ground, [60, 10, 5], [235, 135, 70], 7, random), mask };
}
