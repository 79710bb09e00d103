import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** The Chromium that tests and the stand-in for Electron use. */
export const CHROMIUM = process.env['CCNET_CHROMIUM'] ?? '/usr/bin/chromium';

const QUIET = [
  '--headless',
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Without a graphics card, Chromium has WebGPU only on its own software adapter, and only when told to. */
const SOFTWARE_WEBGPU = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
];

/** Starts Chromium without a window, quietly. @throws Error when there is none at CHROMIUM */
export function launchChromium({ webgpu = false } = {}): Promise<Browser> {
  if (!existsSync(CHROMIUM)) {
    return Promise.reject(new Error(`${CHROMIUM} is missing (set CCNET_CHROMIUM to a Chromium or Chrome).`));
  }
  return chromium.launch({
    executablePath: CHROMIUM,
    args: webgpu ? [...QUIET, ...SOFTWARE_WEBGPU] : QUIET,
  });
}
