/** Threads of the kernels that sum over a workgroup. */
export const SUM_THREADS = 128;

/** Values that a thread adds up, in both rounds. */
const ROOT = 16;

/**
 * `total(thread, value)`: the sum of a value of each thread, known to all of them, in an order that is the same in every run. Two rounds of
 * eight and sixteen terms: a tree of pairs waits for the whole workgroup eight times, this twice. (The first round of the next sum overwrites only what
 * has been read before the second barrier of this one.)
 */
export const WORKGROUP_SUM = `
var<workgroup> pool: array<f32, ${SUM_THREADS}>;
var<workgroup> fewer: array<f32, ${ROOT}>;
fn total(thread: u32, value: f32) -> f32 {
  pool[thread] = value;
  workgroupBarrier();
  if (thread < ${ROOT}u) {
    var sum = 0.0;
    for (var i = 0u; i < ${SUM_THREADS / ROOT}u; i++) { sum += pool[i * ${ROOT}u + thread]; }
    fewer[thread] = sum;
  }
  workgroupBarrier();
  var sum = 0.0;
  for (var i = 0u; i < ${ROOT}u; i++) { sum += fewer[i]; }
  return sum;
}`;
