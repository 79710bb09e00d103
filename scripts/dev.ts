/**
 * The window's page from its sources, shown anew while they are edited: `npm run dev` over a main process that is played in the
 * page (test/renderer/fake), `npm run dev -- project.ccnet` over the built program and a project. On this computer only.
 */
import { startPageServer } from './development/pageServer.ts';
import { programInBrowser } from './programInBrowser.ts';

const args = process.argv.slice(2);
const { url } = await startPageServer({ fake: args.length === 0 });
if (args.length > 0) programInBrowser(args, url);
else
  console.log(`The window over a main process that is played in the page:\n${url}\nPress Ctrl-C to end it.`);
