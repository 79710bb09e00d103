import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const WORKLOAD = fileURLToPath(new URL('workload.ts', import.meta.url));
const RECORDER = fileURLToPath(new URL('recordCalls.c', import.meta.url));

/** What a program did to a folder, in the order in which it took effect. Paths are relative to the folder, "" the folder itself. */
export type RecordedCall =
  | {
      readonly call: 'open';
      readonly on: number;
      readonly path: string;
      readonly made: boolean;
      readonly emptied: boolean;
    }
  | { readonly call: 'close' | 'sync'; readonly on: number }
  | { readonly call: 'write'; readonly on: number; readonly at: number; readonly bytes: Buffer }
  | { readonly call: 'truncate'; readonly on: number; readonly size: number }
  | { readonly call: 'unlink' | 'mkdir'; readonly path: string }
  | { readonly call: 'rename'; readonly path: string; readonly to: string }
  | { readonly call: 'report'; readonly text: string };

/** Whether programs can be preloaded with the recorder here: Linux with a C compiler. */
export function canRecord(): boolean {
  if (process.platform !== 'linux') return false;
  try {
    execFileSync('cc', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Runs the workload in a folder of its own and tells what it did to it. */
export async function recordWorkload(steps: number): Promise<RecordedCall[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ccnet-record-'));
  try {
    const [library, record, root] = ['calls.so', 'record', 'root'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, RECORDER, '-ldl']);
    execFileSync('mkdir', [root]);
    const env = { ...process.env, LD_PRELOAD: library, RECORD_ROOT: root, RECORD_FILE: record };
    const child = spawn(process.execPath, [WORKLOAD, root, String(steps)], {
      env,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    child.stdin.on('error', () => undefined);
    child.stdout.on('data', () => child.stdin.write('\n'));
    const code = await new Promise((done) => child.on('close', done));
    if (code !== 0) throw new Error(`The recorded program ended with ${String(code)}.`);
    return readRecord(readFileSync(record), root);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Reads what recordCalls.c wrote. */
function readRecord(record: Buffer, root: string): RecordedCall[] {
  const calls: RecordedCall[] = [];
  let at = 0;
  const bytes = (size: number): Buffer => record.subarray(at, (at += size));
  while (at < record.length) {
    const end = record.indexOf(10, at);
    const line = record.toString('utf8', at, end);
    at = end + 1;
    const [call, first = '', second = '', third = ''] = line.split(' ');
    const inside = (path: string): string => relative(root, path);
    const rest = (words: number): string => line.split(' ').slice(words).join(' ');
    const on = Number(first);
    if (call === 'open') {
      calls.push({ call, on, made: second === '1', emptied: third === '1', path: inside(rest(4)) });
    } else if (call === 'close' || call === 'sync') calls.push({ call, on });
    else if (call === 'write') calls.push({ call, on, at: Number(second), bytes: bytes(Number(third)) });
    else if (call === 'truncate') calls.push({ call, on, size: Number(second) });
    else if (call === 'unlink' || call === 'mkdir') calls.push({ call, path: inside(rest(1)) });
    else if (call === 'rename') {
      const both = rest(2);
      calls.push({ call, path: inside(both.slice(0, on)), to: inside(both.slice(on)) });
    } else if (call === 'report') calls.push({ call, text: bytes(on).toString() });
    else throw new Error(`The record has a line that nobody knows: ${line.slice(0, 80)}`);
  }
  return calls;
}
