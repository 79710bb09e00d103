import { finiteJson } from '#common/canonicalJson.ts';
import { z } from 'zod';
import { PRODUCT_VERSION } from '#common/productVersion.ts';
import { type Publication, publicationSchema } from '#common/use/publication.ts';
import { jsonColumn } from './columns.ts';
import type { ProjectDatabase } from '../file/projectDatabase.ts';

/** Everything that can be set. */
export interface SettingValues {
  /** Product version that made the file. */
  readonly createdBy: string;
  /** ISO time. */
  readonly createdAt: string;
  /** Product version that last opened it for writing. */
  readonly lastWrittenBy: string;
  /** Authors, licence and citations of networks that are published. */
  readonly publication: Publication;
}
export type SettingName = keyof SettingValues;

const settingSchemas: { readonly [Name in SettingName]: z.ZodType<SettingValues[Name]> } = {
  createdBy: z.string().max(50),
  createdAt: z.iso.datetime(),
  lastWrittenBy: z.string().max(50),
  publication: publicationSchema,
};

/** Named values of the project as a whole. */
export class Settings {
  readonly #database: ProjectDatabase;

  constructor(database: ProjectDatabase) {
    this.#database = database;
  }

  get<Name extends SettingName>(name: Name): SettingValues[Name] | undefined {
    const schema = z.object({ value: jsonColumn(settingSchemas[name]) });
    return this.#database.row('SELECT value FROM settings WHERE name = @name', { name }, schema)?.value;
  }

  set<Name extends SettingName>(name: Name, value: SettingValues[Name]): void {
    this.#database.run(
      'INSERT INTO settings (name, value) VALUES (@name, @value) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
      { name, value: finiteJson(value) },
    );
  }

  /** Notes which version of the product writes to the project. */
  recordProduct(): void {
    if (this.get('createdBy') === undefined) {
      this.set('createdBy', PRODUCT_VERSION);
      this.set('createdAt', new Date().toISOString());
    }
    if (this.get('lastWrittenBy') !== PRODUCT_VERSION) this.set('lastWrittenBy', PRODUCT_VERSION);
  }
}
