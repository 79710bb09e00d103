/** A job asks the main process for a process that trains for it, and gets the channel to it under the same name. */
export const TRAINER = 'trainer';
/** A job tells the main process that it needs its trainers no more. */
export const TRAINERS_END = 'trainers-end';
