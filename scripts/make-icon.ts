/** Draws assets/icon.png from assets/icon.svg; electron-builder makes the icons of each platform from it: `node scripts/make-icon.ts`. */
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const SIDE = 1024;
const asset = (name: string): string => fileURLToPath(new URL(`../assets/${name}`, import.meta.url));

await sharp(asset('icon.svg'))
  .resize(SIDE, SIDE)
  .png({ compressionLevel: 9, palette: true })
  .toFile(asset('icon.png'));
