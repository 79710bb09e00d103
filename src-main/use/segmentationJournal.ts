import { appendFile, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { CcnetError, reasonOf } from '#common/errors.ts';
import type { SegmentedPage } from '#contract/jobs/segmentKind.ts';

/** In the folder of the results: what was done, line by line, so that an interrupted run goes on where it stopped. */
export const JOURNAL = '.ccnet-segmentation.jsonl';

const headSchema = z.object({ settings: z.string() });
const pageSchema = z.object({
  image: z.string(),
  page: z.number().int().positive().nullable(),
  width: z.number(),
  height: z.number(),
  mask: z.string(),
  area: z.number(),
  objects: z.number(),
  meanObject: z.number(),
  medianObject: z.number(),
  largestObject: z.number(),
  pixelSize: z.number().nullable(),
  scale: z.enum(['side', 'training']),
  unlike: z.array(z.string()),
  dice: z.number().nullable(),
  iou: z.number().nullable(),
});
const lineSchema = z.object({ content: z.string(), page: pageSchema });

/** What was done in a folder of results. */
export class SegmentationJournal {
  readonly #file: string;
  readonly #done = new Map<string, SegmentedPage>();

  private constructor(file: string) {
    this.#file = file;
  }

  /**
   * Opens the journal of a folder, or begins one in an empty folder.
   * @param settings identifies the network and all that decides what is written
   * @throws results-of-another, folder-not-empty, target-unwritable
   */
  static async open(folder: string, settings: string): Promise<SegmentationJournal> {
    const journal = new SegmentationJournal(join(folder, JOURNAL));
    const text = await readFile(journal.#file, 'utf8').catch(() => null);
    if (text === null) {
      const others = (await readdir(folder).catch(() => [])).filter((name) => !name.startsWith('.'));
      if (others.length > 0) throw new CcnetError('folder-not-empty', { path: folder });
      await writing(folder, async () => {
        await mkdir(folder, { recursive: true });
        await appendFile(journal.#file, `${JSON.stringify({ settings })}\n`);
      });
      return journal;
    }
    // The last line of a run that was killed may be half a line.
    if (!text.endsWith('\n')) await writing(journal.#file, () => appendFile(journal.#file, '\n'));
    const [head, ...lines] = text.split('\n');
    const known = headSchema.safeParse(parsed(head));
    if (!known.success || known.data.settings !== settings) {
      throw new CcnetError('results-of-another', { path: folder });
    }
    for (const line of lines) {
      const entry = lineSchema.safeParse(parsed(line));
      if (entry.success) journal.#done.set(keyOf(entry.data.content, entry.data.page), entry.data.page);
    }
    return journal;
  }

  /** What was found in a page with that content, if it was done. */
  done(content: string, page: Pick<SegmentedPage, 'image' | 'page'>): SegmentedPage | undefined {
    return this.#done.get(keyOf(content, page));
  }

  async add(content: string, page: SegmentedPage): Promise<void> {
    await writing(this.#file, () => appendFile(this.#file, `${JSON.stringify({ content, page })}\n`));
  }
}

const keyOf = (content: string, { image, page }: Pick<SegmentedPage, 'image' | 'page'>): string =>
  `${content} ${page ?? 0} ${image}`;

function parsed(line: string | undefined): unknown {
  try {
    return JSON.parse(line ?? '');
  } catch {
    return null;
  }
}

async function writing(path: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    throw new CcnetError('target-unwritable', { path, reason: reasonOf(cause) }, { cause });
  }
}
