import { describe, expect, it } from 'vitest';
import { datasetsOf } from '#contract/jobs/datasetsOf.ts';
import { isJobKind, jobKindOf, jobRequestSchema, needsProject } from '#contract/jobs/jobKinds.ts';
import { pathsOf } from '#contract/jobs/pathsOf.ts';
import { EXAMPLE_REQUESTS } from './exampleRequests.ts';

const requests = Object.values(EXAMPLE_REQUESTS);
const kinds = requests.map(({ kind }) => kind);

describe.each(requests)('a job of kind $kind', (request) => {
  const descriptor = jobKindOf(request.kind);

  it('is asked for by a request that survives being stored', () => {
    const stored: unknown = JSON.parse(JSON.stringify(request));
    expect(jobRequestSchema.parse(stored)).toEqual(request);
  });

  it('has a title for people', () => {
    const names = new Map([
      [3, 'cells'],
      [4, 'glands'],
    ]);
    const title = descriptor.title(request, (id) => names.get(id) ?? 'unknown');
    expect(title).toMatch(/^[A-Z][^/\\{}]+$/);
    const named = datasetsOf(request).map((id) => names.get(id) ?? 'none');
    expect(named.filter((name) => !title.includes(name))).toEqual([]);
  });

  it('declares every path that its request names', () => {
    const absolute = Object.entries(request).filter(([, value]) => String(value).startsWith('/'));
    expect(pathsOf(request).map(({ field, path }) => [field, path])).toEqual(absolute);
  });

  it('keeps its lane to itself when it trains', () => {
    if ('recipe' in request) expect(descriptor.lane(request)).toBe('compute');
  });
});

describe('the kinds of jobs', () => {
  it('need a project unless they neither read nor write one', () => {
    expect(kinds.filter((kind) => !needsProject(kind))).toEqual([
      ...['check-dataset', 'segment-with-file', 'inspect-devices'],
    ]);
  });

  it('write files only where the user wants them', () => {
    const written = requests.filter((request) => pathsOf(request).some(({ access }) => access === 'write'));
    expect(written.map(({ kind }) => kind)).toEqual([
      ...['compress', 'segment', 'segment-with-file', 'export', 'report', 'export-library', 'make-demo'],
    ]);
  });

  it('measure time only while nothing else computes', () => {
    const predict = EXAMPLE_REQUESTS.predict;
    const kind = jobKindOf('predict');
    expect(kind.lane(predict)).toBe('quick');
    expect(kind.lane({ ...predict, limits: { maxLatencyMs: 40, safe: false } })).toBe('compute');
  });

  it('are told from words that another version has stored', () => {
    expect(kinds.every(isJobKind)).toBe(true);
    expect(['paint-dataset', 'toString', '__proto__', ''].some(isJobKind)).toBe(false);
  });
});
