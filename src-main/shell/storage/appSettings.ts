import { join } from 'node:path';
import { z } from 'zod';
import { type AppSettings, appSettingsSchema } from '#contract/channels.ts';
import { JsonFile } from '../../files/jsonFile.ts';

export const INITIAL_SETTINGS: AppSettings = {
  theme: 'system',
  reducedMotion: 'system',
  threads: null,
  exportFolder: null,
  notifications: true,
  starterLibrary: true,
};

/** `settings` with the given changes; what is absent or undefined stays. */
export function changeSettings(settings: AppSettings, changes: object): AppSettings {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  return appSettingsSchema.parse({ ...settings, ...Object.fromEntries(given) });
}

/** What the user has set, for all projects. Settings that an older version did not know take their initial value. */
export function appSettingsFile(userData: string): JsonFile<AppSettings> {
  const stored = z.looseObject({}).transform((found) => changeSettings(INITIAL_SETTINGS, found));
  return new JsonFile(join(userData, 'settings.json'), stored, INITIAL_SETTINGS);
}
