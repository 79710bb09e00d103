import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export type MemoryFormat = 'contiguous_format' | 'channels_last';

export interface PeerShape {
  readonly width: number;
  readonly size: number;
  readonly batch: number;
  readonly threads: number;
  readonly format: MemoryFormat;
}

interface PeerAnswer {
  readonly milliseconds: number[];
  readonly peakBytes: number;
  /** Held before the model was made. */
  readonly idleBytes: number;
}

/** PyTorch in a process of its own, waiting for commands between our own runs. */
export class TorchPeer {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: Interface;

  /** @param python an interpreter that can import torch */
  constructor(python: string) {
    this.#child = spawn(python, [fileURLToPath(new URL('torch_unet.py', import.meta.url))]);
    this.#child.stderr.pipe(process.stderr);
    this.#lines = createInterface(this.#child.stdout);
  }

  make(shape: PeerShape): Promise<PeerAnswer> {
    return this.#ask({ command: 'make', ...shape });
  }

  run(command: 'run' | 'predict', steps: number): Promise<PeerAnswer> {
    return this.#ask({ command, steps });
  }

  close(): void {
    this.#child.stdin.end();
  }

  async #ask(command: object): Promise<PeerAnswer> {
    this.#child.stdin.write(`${JSON.stringify(command)}\n`);
    const [line] = (await once(this.#lines, 'line', {
      signal: AbortSignal.timeout(600_000),
    })) as [string];
    return JSON.parse(line) as PeerAnswer;
  }
}
