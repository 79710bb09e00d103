import { CcnetError } from '#common/errors.ts';
import { readNotices } from '../../licences/readNotices.ts';
import type { Command } from '../command.ts';
import { table } from '../table.ts';

const RULE = '-'.repeat(72);

export const licences: Command = {
  name: 'licences',
  positionals: '[NAME]',
  summary:
    'Lists whose work is in this program and under which terms; with a name, shows those terms. Chromium, in the desktop app, brings its own list.',
  options: {},
  example: 'ccnet licences sharp',
  run: async ({ positionals: [name] }) => {
    const notices = readNotices();
    if (name === undefined) {
      const rows = notices.map((notice) => [
        notice.name,
        notice.version ?? '',
        notice.licence,
        notice.inside ?? '',
      ]);
      const json = notices.map(({ name, version, licence, inside }) => ({ name, version, licence, inside }));
      return { json, text: table(['name', 'version', 'licence', 'inside'], rows) };
    }
    const json = notices.filter((notice) => notice.name.toLowerCase() === name.toLowerCase());
    if (json.length === 0) throw new CcnetError('no-such-notice', { name });
    const texts = json.map((notice) =>
      [`${notice.name} ${notice.version ?? ''} (${notice.licence})`, RULE, notice.text].join('\n'),
    );
    return { json, text: texts.join(`\n\n`) };
  },
};
