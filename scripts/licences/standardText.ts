import spdx from 'spdx-license-list/full.js';

/** Lines of a standard text that stand for whose the work is: "Copyright (c) <year> <owner>.". */
const PLACEHOLDER = /^.*<(year|owner|copyright holders?|name of author)>.*$\n?/gim;

/**
 * Text of a licence with the names of those whose work it is.
 * @param id in the SPDX list, or several that hold together
 * @throws Error for an id that is not in the list
 */
export function standardText(ids: readonly string[], copyright: readonly string[]): string {
  const texts = ids.map((id) => {
    const entry = spdx[id];
    if (!entry) throw new Error(`"${id}" is no licence of the SPDX list.`);
    return entry.licenseText.replace(PLACEHOLDER, '').trim();
  });
  return [copyright.join('\n'), ...texts].filter((part) => part !== '').join('\n\n');
}
