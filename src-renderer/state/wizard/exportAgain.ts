import type { Publication } from '#common/use/publication.ts';
import { counted } from '#common/format.ts';
import { DEFAULT_FORMATS } from '#contract/jobs/defaultFormats.ts';
import { call } from '../main/call.ts';
import { jobs } from '../jobs/jobs.svelte.ts';
import { attempt, toasts } from '../window/toasts.svelte.ts';
import { wizard } from './wizard.svelte.ts';

const shown = (file: string) => ({
  label: 'Show',
  run: async () => void (await attempt(() => call('files.reveal', file))),
});

/** Exports a trained network in all formats to a folder that the user chooses. */
export async function exportAgain(network: number): Promise<void> {
  await attempt(async () => {
    const out = await call('dialogs.folder', { title: 'Folder for the network' });
    if (!out) return;
    const files = await jobs.run<'export'>({ kind: 'export', network, formats: [...DEFAULT_FORMATS], out });
    await wizard.reload();
    toasts.done(`${counted(files.length, 'file')} exported and verified.`, shown(files[0]?.file ?? out));
  });
}

/** Writes a network as a package for model collections to a folder that the user chooses, with what was told of it. */
export async function exportPackage(network: number, publication: Publication): Promise<void> {
  await attempt(async () => {
    await call('publication.set', publication);
    const out = await call('dialogs.folder', { title: 'Folder for the package' });
    if (!out) return;
    const [file] = await jobs.run<'export'>({ kind: 'export', network, formats: ['bioimageio'], out });
    toasts.done('The package was written and verified.', shown(file?.file ?? out));
  });
}

/** Writes the report of the wizard's dataset where the user wants it. */
export async function writeReport(): Promise<void> {
  const { dataset } = wizard;
  if (!dataset) return;
  await attempt(async () => {
    const out = await call('dialogs.save', {
      title: 'Write the report',
      suggestion: `${dataset.name}-report.html`,
    });
    if (!out) return;
    const { file } = await jobs.run<'report'>({ kind: 'report', dataset: dataset.id, out });
    toasts.done('The report was written.', shown(file));
  });
}
