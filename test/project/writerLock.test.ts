import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Project } from '../../src-main/project/project.ts';
import { startChild } from './childProcess.ts';
import { exampleRun } from './examples.ts';
import { temporaryFolder } from './temporaryFolder.ts';

function newProject(): string {
  const path = join(temporaryFolder(), 'lab.ccnet');
  const project = Project.create(path);
  project.runs.add(exampleRun());
  project.close();
  return path;
}

describe('while another process has a project open for writing', () => {
  it('opening it for writing is refused, naming the process', async () => {
    const path = newProject();
    const child = startChild('holdProject.ts', path, 'write');
    expect(await child.nextLine()).toBe('open 1');
    let caught: unknown;
    try {
      Project.open(path);
    } catch (error) {
      caught = error;
    }
    expect(caught).toMatchObject({ code: 'project-in-use' });
    expect(String(caught)).toContain(
      `${path} is open for writing in another program: process ${child.process.pid} on ${hostname()}, since 20`,
    );
  });

  it('it can be read, by several processes at once', async () => {
    const path = newProject();
    const children = [
      startChild('holdProject.ts', path, 'write'),
      startChild('holdProject.ts', path, 'read'),
      startChild('holdProject.ts', path, 'read'),
    ];
    for (const child of children) expect(await child.nextLine()).toBe('open 1');
    const here = Project.open(path, { readOnly: true });
    expect(here.runs.all()).toHaveLength(1);
    here.close();
  });

  it('a worker of that process may write under its lock, a stranger may not', () => {
    const path = newProject();
    const project = Project.open(path);
    const worker = startChild('holdProject.ts', path, 'join', String(process.pid));
    const stranger = startChild('holdProject.ts', path, 'join', '1');
    return Promise.all([worker.nextLine(), stranger.nextLine()]).then(([first, second]) => {
      expect(first).toBe('open 1');
      expect(second).toContain('project-in-use');
      project.close();
    });
  });
});

describe('the writer lock', () => {
  it('ends with a killed process, and what that left behind hinders nobody', async () => {
    const path = newProject();
    const child = startChild('holdProject.ts', path, 'write');
    await child.nextLine();
    await child.kill();
    expect(existsSync(`${path}.lock`)).toBe(true);
    const project = Project.open(path);
    project.runs.add(exampleRun({ seed: 2 }));
    project.close();
    expect(readdirSync(dirname(path))).toEqual(['lab.ccnet']);
  });

  it('is free again when the other process has closed the project', async () => {
    const path = newProject();
    const child = startChild('holdProject.ts', path, 'write');
    await child.nextLine();
    child.process.stdin?.end();
    await once(child.process, 'exit');
    Project.open(path).close();
  });

  it('is taken by one of many that open at the same moment, and passes on', async () => {
    const path = newProject();
    const children = Array.from({ length: 5 }, () => startChild('holdProject.ts', path, 'write'));
    const lines = await Promise.all(children.map((child) => child.nextLine()));
    expect(lines.filter((line) => line === 'open 1')).toHaveLength(1);
    expect(lines.filter((line) => line.startsWith('project-in-use'))).toHaveLength(4);
  });

  it('is not confused by a file of that name which is no lock', () => {
    const path = newProject();
    writeFileSync(`${path}.lock`, 'pid 1234\n'.repeat(100));
    expect(() => Project.open(path)).toThrow(`${path}.lock is in the way`);
  });
});
