/** Indices as Slurm's --array takes them: "0-3,7,9-10". */
export function arrayRange(indices: readonly number[]): string {
  const ranges: { first: number; last: number }[] = [];
  for (const index of [...indices].sort((a, b) => a - b)) {
    const open = ranges.at(-1);
    if (open && index <= open.last + 1) open.last = index;
    else ranges.push({ first: index, last: index });
  }
  return ranges.map(({ first, last }) => (first === last ? String(first) : `${first}-${last}`)).join(',');
}
