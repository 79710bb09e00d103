/** One numbered step of the schema. Once released, a migration is never edited: the next change is the next number. */
export interface Migration {
  /** The user_version that it leaves: 1, 2, 3, ... without gaps. */
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}
