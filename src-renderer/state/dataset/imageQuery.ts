import type { ImageView } from '#contract/channels.ts';
import type { Measure } from '#common/dataset/complexity.ts';
import type { Split } from '#common/dataset/dataset.ts';
import { holds, type ValueRange } from './valueRange.ts';

export type SortKey = 'name' | 'foreground' | 'problems' | Measure;

/** Which images of a dataset are shown, and in which order. */
export interface ImageQuery {
  readonly text: string;
  readonly split: Split | 'all';
  /** Only images with (this kind of) problem. */
  readonly problem: 'all' | 'any' | 'none' | (string & {});
  /** Only images whose value of the measure lies in it, or null. */
  readonly range: (ValueRange & { readonly measure: Measure }) | null;
  readonly sort: SortKey;
  readonly descending: boolean;
}

export const EVERYTHING: ImageQuery = {
  text: '',
  split: 'all',
  problem: 'all',
  range: null,
  sort: 'name',
  descending: false,
};

const naturally = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** The images that a query asks for; images without the value that is sorted by come last. */
export function queryImages(images: readonly ImageView[], query: ImageQuery): readonly ImageView[] {
  const text = query.text.trim().toLowerCase();
  const found = images.filter(
    (image) =>
      (text === '' || image.name.toLowerCase().includes(text)) &&
      (query.split === 'all' || image.split === query.split) &&
      hasProblem(image, query.problem) &&
      inRange(image, query.range),
  );
  const turn = query.descending ? -1 : 1;
  if (query.sort === 'name') {
    return query.descending
      ? found.sort((a, b) => naturally.compare(b.name, a.name))
      : found.sort((a, b) => naturally.compare(a.name, b.name));
  }
  const value = sortValue(query.sort);
  return found.sort((a, b) => compareValues(value(a), value(b), turn));
}

/** Kinds of problems among the images, most frequent first. */
export function problemKinds(images: readonly ImageView[]): { code: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { problems } of images) {
    for (const code of new Set(problems.map((problem) => problem.code))) {
      counts.set(code, (counts.get(code) ?? 0) + 1);
    }
  }
  return [...counts].map(([code, count]) => ({ code, count })).sort((a, b) => b.count - a.count);
}

function hasProblem({ problems }: ImageView, wanted: ImageQuery['problem']): boolean {
  if (wanted === 'all') return true;
  if (wanted === 'any') return problems.length > 0;
  if (wanted === 'none') return problems.length === 0;
  return problems.some((problem) => problem.code === wanted);
}

function inRange({ complexity }: ImageView, range: ImageQuery['range']): boolean {
  if (!range) return true;
  const value = complexity?.[range.measure];
  return value !== undefined && holds(range, value);
}

function sortValue(key: Exclude<SortKey, 'name'>): (image: ImageView) => number | undefined {
  if (key === 'foreground') return (image) => image.foreground;
  if (key === 'problems') return (image) => image.problems.length;
  return (image) => image.complexity?.[key];
}

function compareValues(a: number | undefined, b: number | undefined, turn: number): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return (a - b) * turn;
}
