/** "CCNT" in the SQLite header (offset 68): what tells a project from any other SQLite file. */
export const APPLICATION_ID = 0x43434e54;
