/** A network that has not learnt is begun again once. */
export const ATTEMPTS = 2;

/** Position of the attempt's number, from 1, in a checkpoint's random state, behind the generator's four words. */
export const ATTEMPT_WORD = 4;
