/** The program's main process for an Electron older than the one that it is made for; see buildForOlder.ts. */
import './additions.ts';
import './sandboxUnlessRoot.ts';
import './workersOnNode.ts';
import '../../../src-main/main.ts';
