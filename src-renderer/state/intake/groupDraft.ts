import type { Examination, Finding } from '#common/dataset/dataset.ts';
import { counted } from '#common/format.ts';
import { groupSamples } from '#common/dataset/groupSamples.ts';
import type { RequestOf } from '#contract/jobs/jobKinds.ts';
import { failureWords, shownFailure } from '../window/failureWords.ts';

/** How images are told to belong together, as the form holds it: what was entered stays when another way is looked at. */
export interface GroupDraft {
  readonly by: 'none' | 'name' | 'folder' | 'likeness' | 'table';
  readonly pattern: string;
  readonly level: number;
  /** Path of the table that was chosen. */
  readonly table: string | null;
}

/** What the doctor proposes, or each image for itself. */
export function proposedDraft(findings: readonly Finding[]): GroupDraft {
  const none: GroupDraft = { by: 'none', pattern: '{group}_*', level: 1, table: null };
  for (const { remedy } of findings) {
    if (typeof remedy !== 'string' && 'kind' in remedy && remedy.kind === 'keep-groups') {
      return { ...none, by: 'name', pattern: remedy.pattern };
    }
  }
  return none;
}

/** The draft as a request names it. */
export function requestedGroups(draft: GroupDraft): Pick<RequestOf<'add-dataset'>, 'groups' | 'groupTable'> {
  if (draft.by === 'name') return { groups: { by: 'name', pattern: draft.pattern } };
  if (draft.by === 'folder') return { groups: { by: 'folder', level: draft.level } };
  if (draft.by === 'likeness') return { groups: { by: 'likeness' } };
  return draft.by === 'table' && draft.table !== null ? { groupTable: draft.table } : {};
}

/** What comes of a draft, in a sentence; `wrong` when nothing can be added by it. A table is read when the dataset is added. */
export function groupWords(
  draft: GroupDraft,
  samples: Examination['samples'],
): { text: string; wrong: boolean } {
  if (draft.by === 'none')
    return { text: 'Right when each image is of another patient, slide or film.', wrong: false };
  if (draft.by === 'likeness')
    return {
      text: 'Images that are nearly the same stay in one split; each other one stands for itself.',
      wrong: false,
    };
  if (draft.by === 'table') {
    const text =
      draft.table === null
        ? 'A CSV file with the columns image and group.'
        : 'Read when the dataset is added.';
    return { text, wrong: draft.table === null };
  }
  try {
    const { groups } = requestedGroups(draft);
    const found = new Set(groups && groups.by !== 'likeness' ? groupSamples(samples, groups) : []);
    const first = [...found].slice(0, 3).join(', ');
    return {
      text: `${counted(found.size, 'group')}: ${first}${found.size > 3 ? ', ...' : ''}`,
      wrong: found.size < 3,
    };
  } catch (error) {
    return { text: failureWords(shownFailure(error)).problem, wrong: true };
  }
}
