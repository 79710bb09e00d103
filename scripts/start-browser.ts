/**
 * Shows the built program in a browser on this computer: `npm run start:browser [-- project.ccnet]`. A view for development, for
 * machines without Electron's binary: the main process and the page are the real ones, Electron is stood in for by test/host.
 */
import { programInBrowser } from './programInBrowser.ts';

programInBrowser(process.argv.slice(2));
