import { APP_ORIGIN } from '../protocol/appScheme.ts';

/** The part of Electron's WebFrameMain that tells who is calling. */
export interface SenderFrame {
  readonly url: string;
  readonly parent: unknown;
}

/** Only the window's own page, in its main frame, may call: no frame inside it, no other page, no page that has gone. */
export function isTrustedSender(frame: SenderFrame | null): boolean {
  if (!frame || frame.parent !== null) return false;
  let url: URL;
  try {
    url = new URL(frame.url);
  } catch {
    return false;
  }
  // URL.origin is "null" for schemes that are not the web's own.
  return `${url.protocol}//${url.host}` === APP_ORIGIN && url.pathname === '/index.html';
}
