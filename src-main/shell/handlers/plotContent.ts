import { CcnetError } from '#common/errors.ts';

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Bytes of a plot that the window drew: SVG as text, PNG as base64 or as a data: URL. */
export function plotContent(format: 'svg' | 'png', data: string): Uint8Array | string {
  if (format === 'svg') {
    if (!/^\s*(<\?xml[^>]*>\s*)?<svg[\s>]/.test(data) || /<script|\son\w+\s*=|javascript:/i.test(data)) {
      throw new CcnetError('not-a-plot', { format });
    }
    return data;
  }
  const bytes = Buffer.from(data.replace(/^data:image\/png;base64,/, ''), 'base64');
  if (!bytes.subarray(0, 8).equals(PNG_SIGNATURE)) throw new CcnetError('not-a-plot', { format });
  return bytes;
}
