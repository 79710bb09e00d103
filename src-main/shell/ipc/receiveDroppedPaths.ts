import { z } from 'zod';
import type { GrantedPaths } from '../storage/grantedPaths.ts';
import { DROPPED_PATH } from './droppedPath.ts';
import { isTrustedSender, type SenderFrame } from './trustedSender.ts';

const droppedPath = z.string().min(1).max(4096);

/**
 * Notes what the user drops on the window as chosen by him. Only preload can send on this channel, and it takes the path from
 * the dropped file itself; the page cannot make one up.
 */
export function receiveDroppedPaths(
  ipc: {
    on(
      channel: string,
      listener: (event: { senderFrame: SenderFrame | null }, path: unknown) => void,
    ): unknown;
  },
  granted: GrantedPaths,
): void {
  ipc.on(DROPPED_PATH, (event, path) => {
    const checked = droppedPath.safeParse(path).data;
    if (checked !== undefined && isTrustedSender(event.senderFrame)) void granted.grant(checked);
  });
}
