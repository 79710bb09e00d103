import { describe, expect, it } from 'vitest';
import { failing } from '../failing.ts';
import {
  alphasOption,
  deviceOption,
  formatsOption,
  limitsOption,
  numberOption,
  onePositional,
  recipeOption,
} from '../../src-main/cli/readOptions.ts';

describe('options', () => {
  it.each([
    ['40', 40],
    ['0.95', 0.95],
    ['2M', 2e6],
    ['1.5k', 1500],
    ['3GB', 3e9],
    ['1e-3', 1e-3],
  ])('reads %s as %d', (text, value) => {
    expect(numberOption({ n: text }, 'n')).toBe(value);
  });

  it.each(['', 'ten', '1,5', '5 apples', 'NaN', '0x10'])(
    'refuses "%s" as a number, naming the option',
    (text) => {
      expect(() => numberOption({ 'max-params': text }, 'max-params')).toThrow(/--max-params/);
    },
  );

  it('reads factors as fractions, largest first, without repetition', () => {
    expect(alphasOption({ alphas: '1/4,1,0.25, 1/2' })).toEqual([1, 0.5, 0.25]);
  });

  it.each(['0', '2', '1/0', '-1', 'half', ''])('refuses "%s" as a factor', (text) => {
    expect(() => alphasOption({ alphas: text })).toThrow(failing('not-a-factor', { given: text }));
  });

  it('asks for 95 % retained accuracy when no goal is given', () => {
    expect(limitsOption({ 'max-params': '1M' })).toEqual({
      retain: 0.95,
      maxParameters: 1_000_000,
      safe: false,
    });
    expect(limitsOption({ 'min-dice': '0.8' })).toEqual({ minDice: 0.8, safe: false });
  });

  it.each(['0.95', '95', '95%', '95 %', '9.5e-1', '.95'])('understands %s as a share of accuracy', (text) => {
    expect(limitsOption({ retain: text, 'min-dice': text })).toEqual({
      retain: 0.95,
      minDice: 0.95,
      safe: false,
    });
  });

  it.each([
    [{ retain: '9.5' }, /--retain 9\.5 is neither a share/],
    [{ retain: '120' }, /--retain/],
    [{ retain: '0.95M' }, /--retain 0\.95M is not a number/],
    [{ 'min-dice': '0' }, /--min-dice/],
    [{ 'max-params': '1.5' }, /--max-params/],
    [{ 'max-latency-ms': '-3' }, /--max-latency-ms/],
  ])('names the option whose limit is out of range: %o', (options, message) => {
    expect(() => limitsOption(options)).toThrow(message);
  });

  it('changes the default recipe and names the option of a value that does not fit', () => {
    expect(recipeOption({ steps: '7', crop: '64' })).toMatchObject({ stepsPerEpoch: 7, crop: 64, batch: 8 });
    expect(() => recipeOption({ crop: '100' })).toThrow(/--crop.*16/);
  });

  it('lists what it knows when a word is unknown', () => {
    expect(() => deviceOption({ device: 'cuda' })).toThrow(/--device cuda/);
    expect(formatsOption({ format: 'onnx, onnx' })).toEqual(['onnx']);
    expect(() => formatsOption({ format: 'keras' })).toThrow(/keras/);
  });

  it('takes the first positional, which must be there', () => {
    expect(onePositional(['glands'], 'a name')).toBe('glands');
    expect(() => onePositional([], 'a name')).toThrow(/Missing: a name/);
  });
});
