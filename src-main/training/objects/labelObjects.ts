/** Objects of a mask: 0 background, 1 to `count` the objects. */
export interface LabelledObjects {
  readonly labels: Int32Array;
  readonly count: number;
}

/**
 * Connected foreground, where pixels touch at sides and corners, in two passes over the image with union-find.
 * @param mask height * width, 1 foreground
 */
export function labelObjects(mask: Uint8Array, width: number, height: number): LabelledObjects {
  const labels = new Int32Array(mask.length);
  const parents: number[] = [0];
  const rootOf = (label: number): number => {
    let root = label;
    while (parents[root] !== root) root = parents[root] ?? 0;
    // Short ways for the next time.
    for (let at = label; at !== root;) {
      const next = parents[at] ?? root;
      parents[at] = root;
      at = next;
    }
    return root;
  };
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x;
      if (mask[at] !== 1) continue;
      let label = 0;
      const join = (neighbour: number): void => {
        const other = labels[neighbour] ?? 0;
        if (other === 0) return;
        if (label === 0) label = other;
        else if (label !== other) {
          const [a, b] = [rootOf(label), rootOf(other)];
          parents[Math.max(a, b)] = Math.min(a, b);
        }
      };
      if (x > 0) join(at - 1);
      if (y > 0) {
        if (x > 0) join(at - width - 1);
        join(at - width);
        if (x < width - 1) join(at - width + 1);
      }
      if (label === 0) {
        label = parents.length;
        parents.push(label);
      }
      labels[at] = label;
    }
  }
  const numbers = new Map<number, number>();
  for (let at = 0; at < labels.length; at += 1) {
    const label = labels[at] ?? 0;
    if (label === 0) continue;
    const root = rootOf(label);
    const number = numbers.get(root) ?? numbers.size + 1;
    numbers.set(root, number);
    labels[at] = number;
  }
  return { labels, count: numbers.size };
}
