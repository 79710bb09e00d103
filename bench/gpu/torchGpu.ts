import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface TorchRow {
  readonly width: number;
  /** Milliseconds of a training step, and as a CUDA graph. */
  readonly eager: number;
  readonly graph: number;
  readonly predict: number;
  readonly predictGraph: number;
}

export interface TorchGpu {
  readonly card: string;
  readonly torch: string;
  readonly rows: readonly TorchRow[];
}

interface TorchOrder {
  readonly widths: readonly number[];
  readonly size: number;
  readonly batch: number;
  readonly side: number;
}

/** PyTorch on a CUDA card, in a process of its own. @returns why not, as a text, where it does not run */
export function torchGpu(python: string, order: TorchOrder): TorchGpu | string {
  const script = fileURLToPath(new URL('../peers/torch_gpu.py', import.meta.url));
  const { stdout, stderr, status, error } = spawnSync(python, [script, JSON.stringify(order)], {
    encoding: 'utf8',
  });
  if (status !== 0) return error?.message ?? stderr.trim().split('\n').at(-1) ?? `it ended with ${status}`;
  return JSON.parse(stdout) as TorchGpu;
}
