import {
  WEBGPU_CALLS,
  type WebgpuCall,
  type WebgpuPayload,
  type WebgpuResult,
} from '#contract/webgpuCalls.ts';
import { HostedSteps } from './hostedSteps.ts';
import { openAdapter, type OpenedAdapter } from './openAdapter.ts';

type Handlers = {
  readonly [Name in WebgpuCall]: (
    payload: WebgpuPayload<Name>,
  ) => WebgpuResult<Name> | Promise<WebgpuResult<Name>>;
};

/** What a job can ask of this window; every payload is checked before anything is done with it. */
export function deviceCalls(
  onLost: (reason: string) => void,
): Record<WebgpuCall, (payload: unknown) => unknown> {
  const steps = new HostedSteps();
  let opening: Promise<OpenedAdapter> | undefined;
  const opened = (): Promise<OpenedAdapter> => {
    opening ??= openAdapter(onLost);
    return opening;
  };
  const handlers: Handlers = {
    adapter: async () => (await opened()).words,
    open: async (order) => steps.open((await opened()).context, order),
    run: ({ step, batch, learningRate }) => steps.step(step).run(batch, learningRate),
    hold: ({ step, index, sample }) => steps.step(step).holder.hold(index, sample),
    runCrops: ({ step, batch, learningRate }) => steps.step(step).holder.runCrops(batch, learningRate),
    predict: ({ step, images, size, height, width }) => steps.step(step).predict(images, size, height, width),
    weights: (step) => steps.step(step).weights(),
    setWeights: async ({ step, tensors }) => {
      await steps.step(step).setWeights(tensors);
      return null;
    },
    optimizer: (step) => steps.step(step).optimizer(),
    setOptimizer: async ({ step, tensors }) => {
      await steps.step(step).setOptimizer(tensors);
      return null;
    },
    close: async (step) => {
      await steps.close(step);
      return null;
    },
  };
  const checked = Object.entries(handlers).map(([name, handler]) => [
    name,
    (payload: unknown) => {
      // The table's type ties each call to its own payload; TypeScript cannot follow that through Object.entries.
      const call = handler as (payload: unknown) => unknown;
      return call(WEBGPU_CALLS[name as WebgpuCall].payload.parse(payload));
    },
  ]);
  return Object.fromEntries(checked) as Record<WebgpuCall, (payload: unknown) => unknown>;
}
