import type { AnswerOf, Bridge, ChannelName, PayloadOf } from '#contract/channels.ts';

declare global {
  interface Window {
    /** Put there by preload. */
    readonly ccnet: Bridge;
  }
}

/** A call that failed, in words for the person at the window. */
export class CallError extends Error {
  readonly remedy: string;
  /** The user wanted it so: nothing to complain about. */
  readonly wanted: boolean = false;

  constructor(message: string, remedy: string) {
    super(message);
    this.name = 'CallError';
    this.remedy = remedy;
  }
}

type Arguments<Name extends ChannelName> =
  undefined extends PayloadOf<Name> ? [payload?: PayloadOf<Name>] : [payload: PayloadOf<Name>];

/**
 * Calls the main process.
 * @throws CallError when it answers with an error, or does not answer
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
    throw new CallError(
      'The program did not answer.',
      'Try again; if it stays so, restart it. Nothing stored is lost.',
    );
  }
  if (!reply.ok) throw new CallError(reply.error.message, reply.error.remedy);
  return reply.value as AnswerOf<Name>;
}

/** What to show of anything thrown. */
export function asCallError(error: unknown): CallError {
  if (error instanceof CallError) return error;
  return new CallError('Something went wrong in this window.', 'Try again, or restart the program.');
}
