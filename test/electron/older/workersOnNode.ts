import { utilityProcess } from 'electron';
import { utilityProcessOn } from '../../host/utilityProcess.ts';

// better-sqlite3 and sharp do not load in an older Electron's Node, so the workers run on the one that runs the tests.
Object.assign(
  utilityProcess,
  utilityProcessOn({
    node: process.env['CCNET_ELECTRON_NODE'] ?? '',
    parentPort: process.env['CCNET_ELECTRON_PARENT_PORT'] ?? '',
  }),
);
