import type { ProtectedFiles } from './protectedFiles.ts';
import { writeFileSafely } from './writeFileSafely.ts';

/** How a job writes for the user: whole files that survive a power cut, and never onto what it reads. */
export class OutputFiles {
  readonly #protected: ProtectedFiles;

  constructor(inputs: ProtectedFiles) {
    this.#protected = inputs;
  }

  /** Whether a file may be written there, to be asked before long work. @throws output-is-input */
  requireFree(path: string): Promise<void> {
    return this.#protected.requireFree(path);
  }

  /** @throws output-is-input, target-unwritable */
  async write(path: string, content: Uint8Array | string): Promise<void> {
    await this.requireFree(path);
    await writeFileSafely(path, content);
  }
}
