import type { Migration } from './migration.ts';

/** What a job was asked to do, as JSON, so that a job whose process died can be started again. */
export const jobRequests: Migration = {
  version: 2,
  name: 'job requests',
  sql: 'ALTER TABLE job_records ADD COLUMN request TEXT',
};
