import type { Migration } from '../migration.ts';
import { initialSchema } from './001-initialSchema.ts';

/** All steps of the schema, in order. */
export const MIGRATIONS: readonly Migration[] = [initialSchema];
