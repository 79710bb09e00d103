import type Database from 'better-sqlite3';
import type { z } from 'zod';
import { hasCode } from '#common/errors.ts';
import { explainSqliteError } from './explainSqliteError.ts';
import { projectDamaged } from './projectErrors.ts';

export type SqlValue = string | number | null | Uint8Array;
export type SqlParameters = Record<string, SqlValue>;

/**
 * One open connection to a project file: statements are prepared once, every row that is read passes a schema, and
 * SQLite's errors become errors that name the file.
 */
export class ProjectDatabase {
  readonly path: string;
  readonly #connection: Database.Database;
  readonly #statements = new Map<string, Database.Statement<[SqlParameters]>>();

  constructor(connection: Database.Database, path: string) {
    this.#connection = connection;
    this.path = path;
  }

  /** All rows of a query. @throws project-damaged when a row does not fit `schema`. */
  rows<Row>(sql: string, parameters: SqlParameters, schema: z.ZodType<Row>): Row[] {
    return this.#guarded(() => this.#prepared(sql).all(parameters)).map((row) => this.#checked(row, schema));
  }

  /** The first row of a query, or undefined. @throws project-damaged when it does not fit `schema`. */
  row<Row>(sql: string, parameters: SqlParameters, schema: z.ZodType<Row>): Row | undefined {
    const row = this.#guarded(() => this.#prepared(sql).get(parameters));
    return row === undefined ? undefined : this.#checked(row, schema);
  }

  /** Runs a statement that writes. */
  run(sql: string, parameters: SqlParameters = {}): { changes: number; id: number } {
    const result = this.#guarded(() => this.#prepared(sql).run(parameters));
    return { changes: result.changes, id: Number(result.lastInsertRowid) };
  }

  /**
   * Runs `body` in one transaction that holds the write lock from its start: all of it is stored, or nothing. A
   * transaction within a transaction is a savepoint of the outer one. `body` must not await.
   */
  transaction<Result>(body: () => Result): Result {
    try {
      return this.#guarded(() => this.#connection.transaction(body).immediate());
    } catch (error) {
      if (hasCode(error, 'disk-full')) this.#rollBackNow();
      throw error;
    }
  }

  /** Runs reading queries on one state of the file, whatever another process writes meanwhile. */
  snapshot<Result>(body: () => Result): Result {
    return this.#guarded(() => this.#connection.transaction(body).deferred());
  }

  /** Gives the pages of deleted rows back to the file system. */
  shrink(): void {
    this.#guarded(() => this.#connection.pragma('incremental_vacuum'));
  }

  close(): void {
    this.#statements.clear();
    this.#connection.close();
  }

  /** After a failed write SQLite rolls back at the next access: now, while that access cannot fail for lack of space. */
  #rollBackNow(): void {
    try {
      this.#connection.pragma('schema_version');
    } catch {
      // The journal stays, and the next one to open the file rolls back.
    }
  }

  #prepared(sql: string): Database.Statement<[SqlParameters]> {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#connection.prepare<[SqlParameters]>(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #guarded<Result>(body: () => Result): Result {
    try {
      return body();
    } catch (error) {
      throw explainSqliteError(error, this.path);
    }
  }

  #checked<Row>(row: unknown, schema: z.ZodType<Row>): Row {
    const result = schema.safeParse(row);
    if (result.success) return result.data;
    const issue = result.error.issues[0];
    const where = issue?.path.map(String).join('.') ?? '';
    throw projectDamaged(
      this.path,
      `a stored value is not valid (${where}: ${issue?.message ?? 'unknown'})`,
      { cause: result.error },
    );
  }
}
