import type Database from 'better-sqlite3';

/**
 * Settings that SQLite does not keep in the file, made before anything is read from a file that a stranger may have
 * made. trusted_schema off: nothing in its schema runs functions. cell_size_check: a damaged page is noticed before it
 * is used. No memory map: a truncated file would end the process instead of raising an error.
 */
export function protectConnection(connection: Database.Database): void {
  connection.pragma('trusted_schema = OFF');
  connection.pragma('cell_size_check = ON');
  connection.pragma('foreign_keys = ON');
  connection.pragma('mmap_size = 0');
}

/**
 * Makes every commit survive a power cut. A rollback journal, not WAL: the project stays one file, and WAL does not work
 * on network shares. EXTRA: a commit is the removal of the journal, which has reached the disk only when the folder was flushed, too; with
 * FULL the last commit is rolled back by a journal that is there again. fullfsync: on macOS, fsync alone does not reach the disk.
 */
export function makeDurable(connection: Database.Database): void {
  connection.pragma('journal_mode = DELETE');
  connection.pragma('synchronous = EXTRA');
  connection.pragma('fullfsync = ON');
}
