import { call } from '../main/call.ts';
import { attempt, toasts } from '../window/toasts.svelte.ts';
import { csvOf, tsvOf, type DataTable } from './dataTable.ts';

/** Asks where to, and saves a table there as CSV. */
export async function saveTable(table: DataTable, name: string): Promise<void> {
  await attempt(async () => {
    const file = await call('files.saveTable', { suggestion: `${name}.csv`, csv: csvOf(table) });
    if (!file) return;
    toasts.done('The table was saved.', {
      label: 'Show',
      run: async () => void (await attempt(() => call('files.reveal', file))),
    });
  });
}

/** Puts a table on the clipboard, as spreadsheets take it. */
export async function copyTable(table: DataTable): Promise<void> {
  await attempt(async () => {
    await navigator.clipboard.writeText(tsvOf(table));
    toasts.done('The table was copied.');
  });
}
