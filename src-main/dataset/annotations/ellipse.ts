import type { Ring } from './drawing.ts';

/** Corners of a polygon that no pixel of an ellipse of usual size tells from it. */
const CORNERS = 720;

/** An ellipse as an outline. @param turned degrees, clockwise on the screen */
export function ellipse(x: number, y: number, across: number, down: number, turned = 0): Ring {
  const ring = new Float64Array(CORNERS * 2);
  const [cos, sin] = [Math.cos((turned * Math.PI) / 180), Math.sin((turned * Math.PI) / 180)];
  for (let corner = 0; corner < CORNERS; corner += 1) {
    const angle = (2 * Math.PI * corner) / CORNERS;
    const [a, b] = [across * Math.cos(angle), down * Math.sin(angle)];
    ring[2 * corner] = x + a * cos - b * sin;
    ring[2 * corner + 1] = y + a * sin + b * cos;
  }
  return ring;
}
