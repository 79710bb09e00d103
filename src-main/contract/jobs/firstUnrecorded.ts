/** Jobs without a project have no record; their numbers begin here, beyond those of any project. */
export const FIRST_UNRECORDED = 2 ** 40;
