import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  appSettingsFile,
  changeSettings,
  INITIAL_SETTINGS,
} from '../../src-main/shell/storage/appSettings.ts';
import { RecentProjects } from '../../src-main/shell/storage/recentProjects.ts';
import { temporaryFolder } from '../project/temporaryFolder.ts';

const folder = temporaryFolder;

describe('settings', () => {
  it('start with their initial values, and keep what is set over a restart', async () => {
    const userData = folder();
    const file = appSettingsFile(userData);
    expect(await file.read()).toEqual(INITIAL_SETTINGS);
    await file.update((settings) => changeSettings(settings, { theme: 'dark', threads: undefined }));
    expect(await appSettingsFile(userData).read()).toEqual({ ...INITIAL_SETTINGS, theme: 'dark' });
  });

  it.each([
    ['not JSON', '{'],
    ['of another kind', '[]'],
    ['out of range', '{"threads": 100000}'],
  ])('are the initial ones when the file is %s', async (_what, content) => {
    const userData = folder();
    writeFileSync(join(userData, 'settings.json'), content);
    expect(await appSettingsFile(userData).read()).toEqual(INITIAL_SETTINGS);
  });

  it('of an older version get initial values for what it did not know', async () => {
    const userData = folder();
    writeFileSync(join(userData, 'settings.json'), '{"theme": "light"}');
    expect(await appSettingsFile(userData).read()).toEqual({ ...INITIAL_SETTINGS, theme: 'light' });
  });

  it('that are changed at the same moment are all kept', async () => {
    const userData = folder();
    const file = appSettingsFile(userData);
    await Promise.all([
      file.update((settings) => ({ ...settings, threads: 3 })),
      file.update((settings) => ({ ...settings, notifications: false })),
    ]);
    expect(JSON.parse(readFileSync(join(userData, 'settings.json'), 'utf8'))).toMatchObject({
      threads: 3,
      notifications: false,
    });
  });
});

describe('recent projects', () => {
  it('are listed newest first, once each, and say when the file has gone', async () => {
    const userData = folder();
    const there = join(userData, 'there.ccnet');
    writeFileSync(there, '');
    const recent = new RecentProjects(userData);
    await recent.add({ path: there, name: 'there', readOnly: false });
    await recent.add({ path: '/gone.ccnet', name: 'gone', readOnly: false });
    await recent.add({ path: there, name: 'there', readOnly: false });
    const listed = await new RecentProjects(userData).list();
    expect(listed.map(({ name, exists }) => [name, exists])).toEqual([
      ['there', true],
      ['gone', false],
    ]);
    expect(await recent.forget('/gone.ccnet')).toHaveLength(1);
  });
});
