import { counted } from '#common/format.ts';
import { describe, expect, it } from 'vitest';
import { figureWords } from '../../src-renderer/state/jobs/figureWords.ts';
import {
  brief,
  codeWords,
  folderOf,
  lastPart,
  timeLeft,
  trainingsWords,
  whenWords,
} from '../../src-renderer/state/window/words.ts';

describe('words and numbers', () => {
  it.each([
    [0, '0'],
    [0.18049, '0.18'],
    [0.00004, '4.0e-5'],
    [12.345, '12.3'],
    [5123.4, '5,123'],
    [Number.NaN, '-'],
  ])('writes %d as %s', (value, text) => {
    expect(brief(value)).toBe(text);
  });

  it.each([
    [20, 'under a minute'],
    [185, 'about 3 min'],
    [9000, 'about 2.5 h'],
    [90_000, 'about 25 h'],
  ])('says %d seconds as %s', (seconds, text) => {
    expect(timeLeft(seconds)).toBe(text);
  });

  it('says how many trainings of a job wait, run and are done', () => {
    const trainings = { waiting: 1200, running: 2, done: 0 };
    expect(trainingsWords(trainings)).toBe('1,200 waiting, 2 running, 0 done');
    expect(trainingsWords(trainings, true)).toBe('1,200 waiting, 2 paused, 0 done');
  });

  it('counts in the singular and the plural', () => {
    expect([counted(1, 'image'), counted(5000, 'image'), counted(0, 'image')]).toEqual([
      '1 image',
      '5,000 images',
      '0 images',
    ]);
  });

  it('says days as people do', () => {
    const now = new Date(2026, 10, 23, 12, 0);
    expect(whenWords(new Date(2026, 10, 23, 9, 5).toISOString(), now)).toBe('today 09:05');
    expect(whenWords(new Date(2026, 10, 22, 23, 59).toISOString(), now)).toBe('yesterday 23:59');
    expect(whenWords(new Date(2026, 2, 4).toISOString(), now)).toBe('4 Mar 2026');
  });

  it('reads paths of both kinds', () => {
    expect([
      lastPart('/a/b/'),
      lastPart('C:\\a\\b.zip'),
      folderOf('/a/b.png'),
      folderOf('C:\\a\\b.png'),
    ]).toEqual(['b', 'b.zip', '/a', 'C:\\a']);
  });

  it('names codes and figures', () => {
    expect(codeWords('mask-damaged')).toBe('Mask damaged');
    expect(figureWords('residentBytes', 512e6)).toEqual({ label: 'Memory', text: '512 MB' });
    expect(figureWords('stepsDone', 3)).toEqual({ label: 'steps done', text: '3' });
  });
});
