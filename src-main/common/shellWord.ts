/** What no shell reads anything into, within double quotes: neither sh nor PowerShell nor cmd.exe. */
const PLAIN = /^[\p{L}\p{M}\p{N} ._,+@=:~()#&;*?[\]{}<>|/'-]+$/u;
/** Without quotes PowerShell makes several words of what has commas, and takes an @ in front for its own. */
const BARE = /^[\w./:=+-]+$/;

/**
 * A word as the user of any shell may paste it, or what stands for it where no way of writing it means the same to all of them: a
 * dataset called `$(rm -rf .)` must not become a command.
 * @param otherwise what the reader is to replace: "NAME"
 */
export function shellWord(word: string, otherwise: string): string {
  // What begins with a dash would be taken for an option.
  if (word.startsWith('-') || !PLAIN.test(word)) return otherwise;
  return BARE.test(word) ? word : `"${word}"`;
}
