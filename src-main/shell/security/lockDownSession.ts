import { APP_SCHEME } from '../protocol/appScheme.ts';

/** Schemes that a request of the page may have; all of them stay on this computer. */
const LOCAL: readonly string[] = [`${APP_SCHEME}:`, 'blob:', 'data:', 'devtools:'];

/** Denies every permission, every download and every request that would leave this computer. */
export function lockDownSession(session: Electron.Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: !isLocal(url) }));
}

/** Whether a URL stays on this computer. */
export function isLocal(url: string): boolean {
  try {
    return LOCAL.includes(new URL(url).protocol);
  } catch {
    return false;
  }
}
