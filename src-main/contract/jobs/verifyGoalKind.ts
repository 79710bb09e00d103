import { z } from 'zod';
import type { GoalVerdict } from '#common/prediction/judgeGoal.ts';
import { jobKind } from './jobKind.ts';
import { training } from './requestFields.ts';

const { device, threads } = training;

/** Trains the full network on the dataset of an outcome, by the same recipe, and holds the outcome against its goal. */
export const verifyGoalKind = jobKind<GoalVerdict>()({
  kind: 'verify-goal',
  fields: { outcome: z.number().int().positive(), device, threads },
  paths: {},
  title: ({ outcome }) => `Train the full network, to check the goal of result ${outcome}`,
  lane: 'compute',
  reads: 'images',
  writes: true,
});
