import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const PROGRAMS = ['munged', 'slurmctld', 'slurmd', 'sbatch', 'squeue', 'scancel', 'sinfo'];
const PATHS = ['/usr/sbin', '/usr/local/sbin', '/sbin'];
/** Debian puts the daemons where only root looks for programs. */
const PATH = [process.env['PATH'] ?? '', ...PATHS].join(delimiter);

/** Why real Slurm cannot be had here; null where it can. */
export function noSlurm(): string | null {
  const missing = PROGRAMS.filter((name) => spawnSync('which', [name], { env: { PATH } }).status !== 0);
  if (missing.length > 0) return `${missing.join(', ')} not installed (Debian: slurm-wlm, munge)`;
  return process.getuid?.() === 0 ? null : 'its daemons are started as root';
}

const FIRST_PORT = 17_000 + (process.pid % 2000) * 8;
const pause = (milliseconds: number): Promise<void> => new Promise((next) => setTimeout(next, milliseconds));

/** A cluster of its own on this machine: munge, a controller and several node daemons, in a folder of their own. */
export class SlurmCluster {
  readonly folder = mkdtempSync(join(tmpdir(), 'ccnet-slurm-'));
  readonly nodes: readonly string[];
  readonly #daemons = new Map<string, ChildProcess>();

  constructor(nodes: number) {
    this.nodes = Array.from({ length: nodes }, (_, i) => `n${i + 1}`);
  }

  /** What a program needs to find it. */
  get env(): NodeJS.ProcessEnv {
    return { ...process.env, PATH, SLURM_CONF: join(this.folder, 'slurm.conf') };
  }

  async start(): Promise<void> {
    for (const name of ['state', 'log', 'run', ...this.nodes.map((node) => `spool/${node}`)]) {
      mkdirSync(join(this.folder, name), { recursive: true });
    }
    chmodSync(this.folder, 0o755);
    writeFileSync(join(this.folder, 'munge.key'), randomBytes(64), { mode: 0o400 });
    writeFileSync(join(this.folder, 'slurm.conf'), this.#configuration());
    const at = (name: string): string => join(this.folder, name);
    this.#start('munged', [
      ...['--foreground', '--force', `--key-file=${at('munge.key')}`, `--socket=${at('run/munge.socket')}`],
      ...[
        `--pid-file=${at('run/munged.pid')}`,
        `--log-file=${at('log/munged.log')}`,
        `--seed-file=${at('run/seed')}`,
      ],
    ]);
    await pause(500);
    this.#start('slurmctld', ['-D']);
    for (const node of this.nodes) this.startNode(node);
    await this.until(() => this.#idle() === this.nodes.length, 'the nodes to be idle');
  }

  startNode(node: string): void {
    this.#start(node, ['-D', '-N', node], 'slurmd');
  }

  /** Kills a node with all that runs on it, as when its power fails. */
  killNode(node: string): void {
    const daemon = this.#daemons.get(node);
    const { stdout } = spawnSync('ps', ['-e', '-o', 'pid=,args='], { encoding: 'utf8' });
    daemon?.kill('SIGKILL');
    for (const line of stdout.split('\n')) {
      const [, pid, args = ''] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? [];
      // Steps name the job alone; the environment of what they run names the node and this cluster.
      if (!pid || !/slurmstepd|task run|\/bin\/sh/.test(args)) continue;
      const environment = spawnSync('cat', [`/proc/${pid}/environ`], { encoding: 'utf8' }).stdout;
      if (environment.includes(`SLURMD_NODENAME=${node}\0`) && environment.includes(this.folder)) {
        process.kill(Number(pid), 'SIGKILL');
      }
    }
  }

  run(program: string, ...args: string[]): string {
    return spawnSync(program, args, { env: this.env, encoding: 'utf8' }).stdout;
  }

  async until(holds: () => boolean, what: string): Promise<void> {
    for (let tries = 0; tries < 600; tries++) {
      if (holds()) return;
      await pause(250);
    }
    throw new Error(
      `Waited in vain for ${what}:\n${this.run('sinfo')}\n${this.run('squeue', '--states=all')}`,
    );
  }

  async stop(): Promise<void> {
    this.run('scancel', '--user=root');
    for (const node of this.nodes) this.killNode(node);
    const gone = [...this.#daemons.values()].map(
      (daemon) =>
        new Promise<void>((resolve) => {
          if (daemon.exitCode !== null || daemon.signalCode !== null) resolve();
          else daemon.once('exit', () => resolve());
        }),
    );
    for (const daemon of this.#daemons.values()) daemon.kill('SIGKILL');
    await Promise.all(gone);
    rmSync(this.folder, { recursive: true, force: true });
  }

  #idle(): number {
    return this.run('sinfo', '--noheader', '--Node', '--format=%T')
      .split('\n')
      .filter((state) => state === 'idle').length;
  }

  #start(name: string, args: readonly string[], program = name): void {
    this.#daemons.set(name, spawn(program, args, { env: this.env, stdio: 'ignore' }));
  }

  #configuration(): string {
    const at = (name: string): string => join(this.folder, name);
    const ports = `[${FIRST_PORT + 1}-${FIRST_PORT + this.nodes.length}]`;
    const names = `n[1-${this.nodes.length}]`;
    const lines = {
      ...{
        ClusterName: 'ccnet',
        SlurmctldHost: `${hostname().split('.')[0]}(127.0.0.1)`,
        SlurmctldPort: FIRST_PORT,
      },
      ...{ SlurmctldPidFile: at('run/slurmctld.pid'), SlurmctldLogFile: at('log/slurmctld.log') },
      ...{ SlurmdPidFile: at('run/%n.pid'), SlurmdLogFile: at('log/%n.log'), SlurmdSpoolDir: at('spool/%n') },
      ...{ StateSaveLocation: at('state'), SlurmUser: 'root', SlurmdUser: 'root' },
      ...{ AuthType: 'auth/munge', AuthInfo: `socket=${at('run/munge.socket')}`, CryptoType: 'crypto/munge' },
      ...{
        ProctrackType: 'proctrack/linuxproc',
        TaskPlugin: 'task/none',
        SwitchType: 'switch/none',
        MpiDefault: 'none',
      },
      ...{ SchedulerType: 'sched/backfill', SelectType: 'select/cons_tres', SelectTypeParameters: 'CR_Core' },
      SchedulerParameters: 'sched_interval=2,batch_sched_delay=0,default_queue_depth=1000',
      ...{
        ReturnToService: 2,
        SlurmdTimeout: 6,
        SlurmctldTimeout: 30,
        KillWait: 2,
        MinJobAge: 60,
        JobRequeue: 1,
      },
      ...{ AccountingStorageType: 'accounting_storage/none', JobAcctGatherType: 'jobacct_gather/none' },
    };
    return [
      ...Object.entries(lines).map(([key, value]) => `${key}=${value}`),
      `NodeName=${names} NodeHostname=${hostname().split('.')[0]} NodeAddr=127.0.0.1 Port=${ports} CPUs=2 RealMemory=8000 State=UNKNOWN`,
      `PartitionName=test Nodes=${names} Default=YES MaxTime=60 State=UP`,
      '',
    ].join('\n');
  }
}
