import { CcnetError, errorFrom } from '#common/errors.ts';
import type { AnswerOf, Bridge, ChannelName, PayloadOf } from '#contract/channels.ts';

declare global {
  interface Window {
    /** Put there by preload. */
    readonly ccnet: Bridge;
  }
}

type Arguments<Name extends ChannelName> =
  undefined extends PayloadOf<Name> ? [payload?: PayloadOf<Name>] : [payload: PayloadOf<Name>];

/**
 * Calls the main process.
 * @throws CcnetError with the failure that it answers; no-answer
 */
export async function call<Name extends ChannelName>(
  name: Name,
  ...[payload]: Arguments<Name>
): Promise<AnswerOf<Name>> {
  const send = window.ccnet[name] as (payload: unknown) => ReturnType<Bridge[Name]>;
  let reply: Awaited<ReturnType<Bridge[Name]>>;
  try {
    reply = await send(payload);
  } catch {
    throw new CcnetError('no-answer', {});
  }
  if (!reply.ok) throw errorFrom(reply.error);
  return reply.value as AnswerOf<Name>;
}
