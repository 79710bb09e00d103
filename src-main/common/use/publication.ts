import { z } from 'zod';
import { isFindable } from './isFindable.ts';

const words = z.string().trim().min(1).max(1000);

/** Who made a network, under which terms others may use it, and what they cite: asked once a project, and needed by model collections. */
export const publicationSchema = z.object({
  authors: z
    .array(z.object({ name: words, affiliation: words.optional() }))
    .min(1)
    .max(100),
  /** SPDX identifier, such as CC-BY-4.0 or MIT. */
  licence: z.string().regex(/^[A-Za-z0-9.+-]{2,60}$/),
  cite: z
    .array(
      z.object({
        text: words,
        doi: z
          .string()
          .regex(/^10\.\S+\/\S+$/)
          .optional(),
        url: z.url().optional(),
      }),
    )
    .min(1)
    .max(100),
});
/** A publication as it is told now: model collections refuse what can be found by neither a DOI nor an address, which older projects may hold. */
export const toldPublicationSchema = publicationSchema.refine(isFindable, {
  path: ['cite'],
  error: 'each needs a DOI or an address',
});
export type Publication = z.infer<typeof publicationSchema>;
