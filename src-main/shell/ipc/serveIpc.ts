import { type AnswerOf, type ChannelName, CHANNELS, type Reply } from '#contract/channels.ts';
import { CcnetError, failureOf } from '#common/errors.ts';
import { isTrustedSender, type SenderFrame } from './trustedSender.ts';
import type { z } from 'zod';

/** What a channel's handler gets: the payload after validation. */
export type CheckedPayload<Name extends ChannelName> = z.output<(typeof CHANNELS)[Name]['payload']>;

/** One function a channel. */
export type Handlers = {
  readonly [Name in ChannelName]: (payload: CheckedPayload<Name>) => AnswerOf<Name> | Promise<AnswerOf<Name>>;
};

/** The part of Electron's IpcMain that is used. */
export interface IpcServer {
  handle(
    channel: string,
    listener: (event: { senderFrame: SenderFrame | null }, payload: unknown) => Promise<unknown>,
  ): void;
}

/** Answers the contract's channels, and no others: checks the sender, then the payload, then calls the handler. */
export function serveIpc(ipc: IpcServer, handlers: Handlers): void {
  for (const name of Object.keys(CHANNELS) as ChannelName[]) {
    ipc.handle(name, async (event, payload): Promise<Reply<unknown>> => {
      try {
        if (!isTrustedSender(event.senderFrame)) throw new CcnetError('foreign-page', {});
        return { ok: true, value: await dispatch(name, handlers, payload) };
      } catch (error) {
        return { ok: false, error: failureOf(error) };
      }
    });
  }
}

async function dispatch(name: ChannelName, handlers: Handlers, payload: unknown): Promise<unknown> {
  const checked = CHANNELS[name].payload.safeParse(payload);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    // The contract does not allow it: a fault of the window, or something hostile in it.
    const field = issue && issue.path.length > 0 ? issue.path.join('.') : null;
    throw new CcnetError('call-refused', { call: name, field, reason: issue?.message ?? 'not allowed' });
  }
  // The table's type ties each name to its own payload; TypeScript cannot follow that through a generic index.
  const handler = handlers[name] as (payload: unknown) => unknown;
  return handler(checked.data);
}
