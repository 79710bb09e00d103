import { z } from 'zod';

/** Whose work is in the program, and under which terms. */
export const noticeSchema = z.object({
  name: z.string().min(1),
  version: z.string().nullable(),
  /** As its authors declare it: an SPDX expression where they do. */
  licence: z.string().min(1),
  /** What it came in, when it is no package of its own: "onnxruntime-web" for a library compiled into that. */
  inside: z.string().nullable(),
  /** Copyright and licence, whole. */
  text: z.string().min(1),
});
export type Notice = z.infer<typeof noticeSchema>;

/** What `dist/licences.json` holds: the program's own terms first. */
export const noticesSchema = z.array(noticeSchema).min(1);
