import { app } from './app.ts';
import { currentWindow } from './browserWindow.ts';
import { answerDialogs, type DialogAnswer } from './dialog.ts';
import { hostServer } from './hostServer.ts';
import { Menu } from './menu.ts';
import { preventableEvent } from './preventableEvent.ts';
import { record } from './record.ts';
import { session } from './session.ts';

/** What a test can have happen in the program's process. */
export type ControlRequest =
  | { readonly do: 'answer-dialogs'; readonly answers: readonly DialogAnswer[] }
  | { readonly do: 'click-menu'; readonly id: string }
  | { readonly do: 'open-file'; readonly path: string }
  | { readonly do: 'close-window' | 'record' | 'url' | 'quit' }
  /** The page's process ends. */
  | { readonly do: 'crash-page' }
  | { readonly do: 'allows'; readonly url: string }
  /** Emits a navigation event of the page; answers whether it was prevented. */
  | { readonly do: 'navigate'; readonly event: string; readonly url: string }
  /** Answers what the page's window.open would get. */
  | { readonly do: 'window-open'; readonly url: string };

function carryOut(request: ControlRequest): unknown {
  const contents = currentWindow()?.webContents;
  switch (request.do) {
    case 'answer-dialogs':
      return answerDialogs(request.answers);
    case 'click-menu':
      return Menu.current?.click(request.id);
    case 'open-file':
      return app.emit('open-file', preventableEvent(), request.path);
    case 'close-window':
      return currentWindow()?.close();
    case 'quit':
      return app.quit();
    case 'url':
      return hostServer.freshUrl();
    case 'record':
      session.defaultSession.probe();
      return record;
    case 'crash-page':
      return contents?.emit('render-process-gone', {}, { reason: 'crashed' });
    case 'allows':
      return session.defaultSession.allows(request.url);
    case 'navigate': {
      const event = preventableEvent();
      contents?.emit(request.event, event, request.url);
      return event.defaultPrevented;
    }
    case 'window-open':
      return contents?.openHandler?.({ url: request.url } as never).action;
  }
}

/** Lets the process that started this one, a test, play the system and the user. */
export function serveControl(): void {
  process.on('message', ({ id, request }: { id: number; request: ControlRequest }) => {
    process.send?.({ type: 'answer', id, value: carryOut(request) ?? null });
  });
}
