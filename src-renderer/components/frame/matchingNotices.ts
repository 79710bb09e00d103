import type { NoticeEntry } from '#contract/channels.ts';

export interface FoundNotice {
  readonly notice: NoticeEntry;
  /** Its place in the whole list, by which its text is asked for. */
  readonly at: number;
}

/** Notices with every one of some words in their name, licence or the name of what they are in, whatever the case. */
export function matchingNotices(notices: readonly NoticeEntry[], words: string): readonly FoundNotice[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return notices
    .map((notice, at) => ({ notice, at }))
    .filter(({ notice: { name, licence, inside } }) => {
      const text = `${name} ${licence} ${inside ?? ''}`.toLowerCase();
      return wanted.every((word) => text.includes(word));
    });
}
