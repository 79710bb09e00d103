import { describe, expect, it } from 'vitest';
import { jpegScanBytes } from '../../src-main/complexity/jpegScanBytes.ts';

const SOI = [0xff, 0xd8];
const APP = [0xff, 0xe0, 0, 4, 0xff, 0xda]; // a payload that looks like a scan header
const SOS = [0xff, 0xda, 0, 3, 1];
const EOI = [0xff, 0xd9];
const bytes = (...parts: number[][]): Uint8Array => Uint8Array.from(parts.flat());

describe('jpegScanBytes', () => {
  it('counts what lies between the scan header and the end marker', () => {
    expect(jpegScanBytes(bytes(SOI, APP, SOS, [1, 2, 3], EOI))).toBe(3);
  });
  it('counts stuffed zeros and restart markers as scan data', () => {
    expect(jpegScanBytes(bytes(SOI, SOS, [1, 0xff, 0, 0xff, 0xd3, 2], EOI))).toBe(6);
  });
  it('adds up several scans and leaves the tables between them out', () => {
    expect(jpegScanBytes(bytes(SOI, SOS, [1, 2], [0xff, 0xc4, 0, 3, 9], SOS, [3], EOI, [7, 7]))).toBe(3);
  });
  it('skips fill bytes before a marker', () => {
    expect(jpegScanBytes(bytes(SOI, [0xff], SOS, [1], EOI))).toBe(1);
  });
  it.each([
    ['is not a JPEG', bytes([0x89, 0x50]), 'no start marker'],
    ['is cut off', bytes(SOI, SOS, [1, 2]), 'no end marker'],
    ['is damaged', bytes(SOI, [5, 5, 5]), 'no marker at byte 2'],
  ])('refuses what %s', (_, jpeg, message) => {
    expect(() => jpegScanBytes(jpeg)).toThrow(message);
  });
});
