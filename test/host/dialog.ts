import type {
  Dialog,
  MessageBoxOptions,
  MessageBoxReturnValue,
  OpenDialogOptions,
  OpenDialogReturnValue,
  SaveDialogOptions,
  SaveDialogReturnValue,
} from 'electron';
import { hostServer } from './hostServer.ts';
import { record } from './record.ts';

/** What the next dialogs answer: a path, several or null (cancelled) for file dialogs, the index of a button for questions. */
export type DialogAnswer = string | readonly string[] | number | null;

/** The paths that an answer to a file dialog names; none when it was cancelled. */
function chosenPaths(answer: DialogAnswer): string[] {
  const paths = Array.isArray(answer) ? (answer as readonly string[]) : [answer];
  return paths.filter((path): path is string => typeof path === 'string' && path !== '');
}

const answers: DialogAnswer[] = [];

/** Sets what the next dialogs answer, in their order. */
export function answerDialogs(next: readonly DialogAnswer[]): void {
  answers.push(...next);
}

async function answerOf(kind: 'open' | 'save' | 'message', options: unknown): Promise<DialogAnswer> {
  record.dialogs.push({ kind, options });
  if (answers.length > 0) return answers.shift() ?? null;
  // In the development view the page asks; under test an unforeseen dialog is cancelled.
  return process.connected ? null : hostServer.ask(kind, options);
}

const withoutWindow = <Options>(args: readonly unknown[]): Options => args.at(-1) as Options;

export const dialog = {
  showOpenDialog: async (...args: unknown[]): Promise<OpenDialogReturnValue> => {
    const answer = await answerOf('open', withoutWindow<OpenDialogOptions>(args));
    const filePaths = chosenPaths(answer);
    return { canceled: filePaths.length === 0, filePaths };
  },
  showSaveDialog: async (...args: unknown[]): Promise<SaveDialogReturnValue> => {
    const answer = await answerOf('save', withoutWindow<SaveDialogOptions>(args));
    const chosen = typeof answer === 'string' && answer !== '';
    return { canceled: !chosen, filePath: chosen ? answer : '' };
  },
  showMessageBox: async (...args: unknown[]): Promise<MessageBoxReturnValue> => {
    const options = withoutWindow<MessageBoxOptions>(args);
    const answer = await answerOf('message', options);
    return {
      response: typeof answer === 'number' ? answer : (options.cancelId ?? 0),
      checkboxChecked: false,
    };
  },
} satisfies Pick<Dialog, 'showOpenDialog' | 'showSaveDialog' | 'showMessageBox'>;
