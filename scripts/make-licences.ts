/**
 * Writes `dist/licences.json` and `dist/THIRD-PARTY-NOTICES.txt`, whose work is in an installation and under which terms:
 * `node scripts/make-licences.ts`, after the other parts of the build. Fails when the terms of a package are unknown.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectNotices } from './licences/collectNotices.ts';
import { noticesText } from './licences/noticesText.ts';
import { root } from './packaging/packHere.ts';

const notices = collectNotices();
writeFileSync(join(root, 'dist/licences.json'), `${JSON.stringify(notices, null, 1)}\n`);
writeFileSync(join(root, 'dist/THIRD-PARTY-NOTICES.txt'), noticesText(notices));
