import { type AnswerOf, type ChannelName, CHANNELS, type Reply } from '#contract/channels.ts';
import { UsageError } from '#common/errors.ts';
import { toWireError } from '#contract/wireError.ts';
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

/** A call that does not come from the window's own page. */
class ForeignSenderError extends UsageError {
  constructor() {
    super('This page may not call the program.', 'Restart CC-Net Workstation.');
  }
}

/** A payload that the contract does not allow: a fault of the window, or something hostile in it. */
class PayloadError extends UsageError {
  constructor(channel: string, why: string) {
    super(`${channel}: ${why}.`, 'Check what was entered; nothing has been done.');
  }
}

/** Answers the contract's channels, and no others: checks the sender, then the payload, then calls the handler. */
export function serveIpc(ipc: IpcServer, handlers: Handlers): void {
  for (const name of Object.keys(CHANNELS) as ChannelName[]) {
    ipc.handle(name, async (event, payload): Promise<Reply<unknown>> => {
      try {
        if (!isTrustedSender(event.senderFrame)) throw new ForeignSenderError();
        return { ok: true, value: await dispatch(name, handlers, payload) };
      } catch (error) {
        const { name: kind, message, remedy } = toWireError(error);
        return { ok: false, error: { name: kind, message, remedy } };
      }
    });
  }
}

async function dispatch(name: ChannelName, handlers: Handlers, payload: unknown): Promise<unknown> {
  const checked = CHANNELS[name].payload.safeParse(payload);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    const where = issue && issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
    throw new PayloadError(name, `${where}${issue?.message ?? 'not allowed'}`);
  }
  // The table's type ties each name to its own payload; TypeScript cannot follow that through a generic index.
  const handler = handlers[name] as (payload: unknown) => unknown;
  return handler(checked.data);
}
