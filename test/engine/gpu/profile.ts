import { describeNetwork } from '../../../src-main/network/describeNetwork.ts';
import { shaderText } from '../../../src-main/engine/gpu/kernels/kernel.ts';
import { planTraining } from '../../../src-main/engine/gpu/plan/planGpu.ts';
import { testDevice } from './testDevice.ts';
import { ReadyPlan } from '../../../src-main/engine/gpu/readyPlan.ts';
import { weightPlaces } from '../../../src-main/engine/gpu/plan/weightPlaces.ts';
const [width = 1, size = 2, side = 64] = process.argv.slice(2).map(Number);
const context = await testDevice();
if (typeof context === 'string') throw new Error(context);
const { device } = context;
const layers = describeNetwork({ family: 'unet', width, channels: 3, classes: 2, factor: 1 });
const plan = planTraining(layers, { size, height: side, width: side }, 1);
console.log(plan.dispatches.length, 'dispatches');
const kernels = new Map(plan.dispatches.map((d) => [d.kernel.label, d.kernel]));
const compile = new Map<string, number>();
for (const [label, kernel] of kernels) {
  const t = performance.now();
  await device.createComputePipelineAsync({ layout: 'auto', compute: { module: device.createShaderModule({ code: shaderText(kernel) }), entryPoint: 'main' } });
  compile.set(label, performance.now() - t);
}
const places = weightPlaces(layers);
const b = await context.allocate([4 * places.size, 4 * places.trainable, 4 * places.trainable, 16, size * side * side * 12, size * side * side, 4], 0x80 | 4 | 8);
const names = ['weights', 'first', 'second', 'step', 'images', 'masks', 'loss'];
const shared = new Map(names.map((n, i) => [n, b[i]!]));
const run = new Map<string, [number, number]>();
for (const d of plan.dispatches) {
  const one = await ReadyPlan.make(context, { ...plan, dispatches: [d] , tables: new Map([...plan.tables].filter(([n]) => d.buffers.includes(n)))}, shared);
  for (const first of [true, false]) {
    const e = device.createCommandEncoder();
    one.encode(e);
    const t = performance.now();
    device.queue.submit([e.finish()]);
    await device.queue.onSubmittedWorkDone();
    const ms = performance.now() - t;
    if (first) continue;
    const before = run.get(d.kernel.label) ?? [0, 0];
    run.set(d.kernel.label, [before[0] + ms, before[1] + 1]);
  }
  one.dispose();
}
let total = 0;
for (const [label, [ms, n]] of [...run].sort((a, b) => b[1][0] - a[1][0])) { total += ms; console.log(label.padEnd(70), n, ms.toFixed(1), 'compile', compile.get(label)?.toFixed(0)); }
console.log('run', total, 'compile', [...compile.values()].reduce((a, b) => a + b));
device.destroy();
