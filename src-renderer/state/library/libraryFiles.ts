import { counted } from '#common/format.ts';
import { call } from '../main/call.ts';
import { jobs } from '../jobs/jobs.svelte.ts';
import { library } from './library.svelte.ts';
import { attempt, toasts } from '../window/toasts.svelte.ts';

/** Asks for a library file and takes its runs in. */
export async function importLibrary(): Promise<void> {
  await attempt(async () => {
    const file = await call('dialogs.libraryFile');
    if (!file) return;
    const { added, skipped, refused } = await jobs.run<'import-library'>({ kind: 'import-library', file });
    await library.load();
    const rest = [
      ...(skipped > 0 ? [`${skipped} were here already`] : []),
      ...(refused.length > 0 ? [`${refused.length} were refused`] : []),
    ];
    toasts.done([`${counted(added, 'run')} imported`, ...rest].join(', ') + '.');
  });
}

/** Asks where to, and writes all runs into a library file; it holds no image. */
export async function exportLibrary(): Promise<void> {
  await attempt(async () => {
    const file = await call('dialogs.save', {
      title: 'Export the calibration library',
      suggestion: 'calibration.json',
    });
    if (!file) return;
    const written = await jobs.run<'export-library'>({ kind: 'export-library', file });
    toasts.done(`${counted(written.runs, 'run')} exported.`, {
      label: 'Show',
      run: async () => void (await attempt(() => call('files.reveal', written.file))),
    });
  });
}

/** Brings the library that comes with the product into the project, or completes it. */
export async function addStarterLibrary(): Promise<void> {
  await attempt(async () => {
    const { added, removed } = await jobs.run<'import-library'>({ kind: 'import-library', file: null });
    await library.load();
    const gone = removed > 0 ? `, ${counted(removed, 'older run')} taken out` : '';
    toasts.done(`${counted(added, 'run')} of the starter library added${gone}.`);
  });
}

/** Takes it out; a message offers to bring it back. */
export async function removeStarterLibrary(): Promise<void> {
  await attempt(async () => {
    const { removed, kept } = await jobs.run<'remove-library'>({
      kind: 'remove-library',
      library: 'starter',
    });
    await library.load();
    toasts.done(`${counted(removed, 'run')} of the starter library taken out.${keptWords(kept)}`, {
      label: 'Undo',
      run: addStarterLibrary,
    });
  });
}

/** Takes out all that a library file brought; the file can be imported again. */
export async function removeImported(name: string | null): Promise<void> {
  await attempt(async () => {
    const { removed, kept } = await jobs.run<'remove-library'>({ kind: 'remove-library', library: name });
    await library.load();
    const what = name ?? 'libraries without a name';
    toasts.done(`${counted(removed, 'run')} of ${what} taken out.${keptWords(kept)}`);
  });
}

function keptWords(kept: number): string {
  if (kept === 0) return '';
  return ` ${counted(kept, 'run')} that you had left out ${kept === 1 ? 'stays' : 'stay'}, with your reasons.`;
}
