import type { NamedTensor } from '#common/training/training.ts';

const EXTREME = [Number.NaN, Infinity, -Infinity, 3.4e38, -1, 0, 1e-45];

/** Changes tensors as a stranger would who wants a program to read, write or compute where it must not. */
const CHANGES: Readonly<Record<string, (tensor: NamedTensor, random: () => number) => NamedTensor[]>> = {
  shorter: (tensor) => [{ ...tensor, data: tensor.data.slice(0, Math.floor(tensor.data.length / 2)) }],
  empty: (tensor) => [{ ...tensor, data: new Float32Array() }],
  longer: (tensor) => [{ ...tensor, data: new Float32Array(tensor.data.length * 2 + 1) }],
  turned: (tensor) => [{ ...tensor, shape: tensor.shape.toReversed() }],
  flat: (tensor) => [{ ...tensor, shape: [tensor.data.length] }],
  vast: (tensor) => [{ ...tensor, shape: [...tensor.shape.slice(1), 2 ** 31] }],
  fewer: ({ shape, ...tensor }) => {
    const [first = 1, ...others] = shape;
    const size = others.reduce((product, side) => product * side, 1) * Math.max(1, first - 1);
    return [{ ...tensor, shape: [Math.max(1, first - 1), ...others], data: tensor.data.slice(0, size) }];
  },
  gone: () => [],
  twice: (tensor) => [tensor, tensor],
  renamed: (tensor) => [{ ...tensor, name: `${tensor.name}/../x` }],
  values: ({ data, ...tensor }, random) => {
    const changed = data.slice();
    const at = Math.floor(random() * changed.length);
    changed[at] = EXTREME[Math.floor(random() * EXTREME.length)] ?? 0;
    return [{ ...tensor, data: changed }];
  },
};
const KINDS = Object.keys(CHANGES);

/** Some tensors with one of them, by the number of the try, changed in one of those ways. */
export function tamperedTensors(
  tensors: readonly NamedTensor[],
  number: number,
  random: () => number,
): NamedTensor[] {
  const change = CHANGES[KINDS[number % KINDS.length] ?? ''];
  const victim = Math.floor(random() * tensors.length);
  return tensors.flatMap((tensor, index) => (index === victim && change ? change(tensor, random) : [tensor]));
}
