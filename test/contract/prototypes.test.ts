import { afterEach, describe, expect, it } from 'vitest';
import { CHANNELS, type ChannelName } from '#contract/channels.ts';
import { jobRequestSchema } from '#contract/jobs/jobKinds.ts';
import { changeSettings, INITIAL_SETTINGS } from '../../src-main/shell/storage/appSettings.ts';

const HOSTILE = '"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}';

afterEach(() => {
  expect(Object.keys(Object.prototype)).toEqual([]);
});

/** Whether anything in a value has been given, or made the prototype of, what was smuggled in. */
function isPolluted(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return 'polluted' in value || Object.values(value).some(isPolluted);
}

describe('a "__proto__" in JSON', () => {
  it.each(Object.keys(CHANNELS) as ChannelName[])('does not reach the handler of %s', (name) => {
    const { success, data } = CHANNELS[name].payload.safeParse(JSON.parse(`{${HOSTILE}}`));
    if (success) expect(isPolluted(data)).toBe(false);
  });

  it('in a pairing by hand names no image', () => {
    const text = `{"kind": "check-dataset", "path": "/lab", "pairing": {"__proto__": ["m.png"], "a.png": ["b.png"]}}`;
    const request = jobRequestSchema.parse(JSON.parse(text));
    expect(request).toMatchObject({ pairing: { 'a.png': ['b.png'] } });
    expect('pairing' in request && Object.keys(request.pairing ?? {})).toEqual(['a.png']);
  });

  it('in the settings file changes no setting', () => {
    const changed = changeSettings(INITIAL_SETTINGS, JSON.parse(`{"theme": "dark", ${HOSTILE}}`) as object);
    expect(changed).toStrictEqual({ ...INITIAL_SETTINGS, theme: 'dark' });
    expect(isPolluted(changed)).toBe(false);
  });
});
