/** Masks by image, where they were changed by hand. */
type Changes = Readonly<Record<string, readonly string[]>>;

/** What was changed in a pairing, step by step, so that it can be taken back. */
export class PairingHistory {
  changes = $state.raw<Changes>({});
  #past = $state.raw<readonly { readonly before: Changes; readonly image: string }[]>([]);
  /** The image whose mask was changed last; undefined when nothing is left to undo. */
  readonly last = $derived(this.#past.at(-1)?.image);

  set(image: string, masks: readonly string[]): void {
    this.#past = [...this.#past, { before: this.changes, image }];
    this.changes = { ...this.changes, [image]: masks };
  }

  undo(): void {
    const step = this.#past.at(-1);
    if (!step) return;
    this.#past = this.#past.slice(0, -1);
    this.changes = step.before;
  }
}
