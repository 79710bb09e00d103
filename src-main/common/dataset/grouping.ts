import { z } from 'zod';

/** By a part of the image's name, such as `{group}_*`: see namePattern. */
export const groupedByName = z.object({ by: z.literal('name'), pattern: z.string().min(1).max(200) });
/** By a folder on the image's path: 1 is the one that it lies in, 2 the one around that. */
export const groupedByFolder = z.object({ by: z.literal('folder'), level: z.number().int().min(1).max(20) });

/** Images that are nearly the same, as the doctor finds them. */
export const groupedByLikeness = z.object({ by: z.literal('likeness') });

/**
 * How images are told to belong together: those of one patient, animal, slide or film. Images of one group never lie on two sides of a
 * split or fold, where a network would be tested on what it has learnt from.
 */
export const groupingSchema = z.discriminatedUnion('by', [
  groupedByName,
  groupedByFolder,
  groupedByLikeness,
  /** By a table of the user's: group by image name. */
  z.object({ by: z.literal('table'), file: z.string() }),
]);
export type Grouping = z.infer<typeof groupingSchema>;

/** What an examination proposes as groups, from the images' names. */
export const proposedGroupsSchema = z.object({
  pattern: z.string(),
  /** How many groups there would be, and the first of them, in natural order. */
  groups: z.number().int().positive(),
  examples: z.array(z.string()),
});
export type ProposedGroups = z.infer<typeof proposedGroupsSchema>;
