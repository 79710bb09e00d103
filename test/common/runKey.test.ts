import { describe, expect, it } from 'vitest';
import { canonicalJson } from '#common/canonicalJson.ts';
import { runKey } from '#common/calibration/runKey.ts';
import { exampleNetwork, exampleRun } from '../project/examples.ts';

describe('canonicalJson', () => {
  it('is the same text for equal values whatever the order of their keys', () => {
    expect(canonicalJson({ b: [{ d: 1, c: null }], a: 'x' })).toBe('{"a":"x","b":[{"c":null,"d":1}]}');
    expect(canonicalJson({ a: 'x', b: [{ c: null, d: 1 }] })).toBe('{"a":"x","b":[{"c":null,"d":1}]}');
  });
});

describe('runKey', () => {
  const run = exampleRun();

  it.each([
    ['accuracy', { testDice: 0.1 }],
    ['dataset name', { datasetName: 'other' }],
    ['engine', { engine: 'webgpu 1' }],
    ['exclusion', { excluded: 'blurred' }],
  ])('does not depend on the %s', (_what, change) => {
    expect(runKey({ ...run, ...change })).toBe(runKey(run));
  });

  it.each([
    ['dataset', { datasetFingerprint: 'other' }],
    ['factor', { network: { ...exampleNetwork, factor: 0.125 } }],
    ['width', { network: { ...exampleNetwork, width: 32 } }],
    ['training recipe', { recipe: { ...run.recipe, epochs: 1 } }],
    ['seed', { seed: 2 }],
  ])('depends on the %s', (_what, change) => {
    expect(runKey({ ...run, ...change })).not.toBe(runKey(run));
  });
});
