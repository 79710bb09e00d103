import type { Kernel } from './kernel.ts';

const THREADS = 256;
/** Weights of a workgroup. */
export const ADAM_RANGE = 4 * THREADS;
/** Words of an entry of its table. */
export const ADAM_WORDS = 8;

/**
 * Adam (beta1 0.9, beta2 0.999, epsilon 1e-7) for all weights in one dispatch, which also adds up the parts of their gradients. `table`
 * has an entry for each workgroup: first weight, number of weights, where the first part of its gradient is, number of parts and floats
 * from one to the next. `step` holds the learning rate and the corrections 1 - beta^t.
 */
export const ADAM: Kernel = {
  label: 'adam',
  buffers: [
    { name: 'table', access: 'read', element: 'u32' },
    { name: 'step', access: 'read', element: 'u32' },
    { name: 'gradients', access: 'read' },
    { name: 'weights', access: 'read_write' },
    { name: 'first', access: 'read_write' },
    { name: 'second', access: 'read_write' },
  ],
  parameters: { entries: 'u32' },
  threads: THREADS,
  body: `
  let index = group.x + group.y * 65535u;
  if (index >= given.entries) { return; }
  let entry = index * ${ADAM_WORDS}u;
  let begin = table[entry];
  let count = table[entry + 1u];
  let parts = table[entry + 3u];
  let size = table[entry + 4u];
  let rate = bitcast<f32>(step[0]);
  let correction1 = bitcast<f32>(step[1]);
  let correction2 = bitcast<f32>(step[2]);
  for (var i = thread; i < count; i += ${THREADS}u) {
    var g = 0.0;
    var at = table[entry + 2u] + i;
    for (var part = 0u; part < parts; part++) {
      g += gradients[at];
      at += size;
    }
    let w = begin + i;
    let m = first[w] * 0.9 + g * 0.1;
    let v = second[w] * 0.999 + g * g * 0.001;
    first[w] = m;
    second[w] = v;
    weights[w] -= rate * (m / correction1) / (sqrt(v / correction2) + 1e-7);
  }`,
};
