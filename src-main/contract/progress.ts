import { z } from 'zod';

/** What a running job tells: `done` of `total` `unit`s of `stage`, with the time left and live figures. */
export const progressSchema = z.object({
  /** What is going on, in plain words: "Measuring complexity". */
  stage: z.string(),
  done: z.number().nonnegative(),
  /** 0 when the total is not known yet. */
  total: z.number().nonnegative(),
  /** "images", "epochs", "networks", ... */
  unit: z.string(),
  secondsLeft: z.number().nullable(),
  /** Live figures by name: loss, validationDice, imagesPerSecond, residentBytes, ... */
  figures: z.record(z.string(), z.number()).optional(),
  message: z.string().optional(),
  /** Of a job that makes several trainings, side by side or on a cluster: how many wait, run and are done. */
  trainings: z
    .object({
      waiting: z.number().int().nonnegative(),
      running: z.number().int().nonnegative(),
      done: z.number().int().nonnegative(),
    })
    .optional(),
});

export type Progress = z.infer<typeof progressSchema>;

/** Receives progress; called often, so it must be cheap and must not throw. */
export type OnProgress = (progress: Progress) => void;
