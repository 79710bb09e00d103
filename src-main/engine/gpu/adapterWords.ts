/** An adapter, for people. */
export interface AdapterWords {
  /** "apple metal-3", "nvidia ada-lovelace NVIDIA L4", "google swiftshader". */
  readonly name: string;
  /** Computed by the processor: right, and far slower than the native engine. */
  readonly software: boolean;
}

/** Adapters that compute on the processor, where they do not say so themselves. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|warp|basic render/i;

/** What an adapter tells of itself: browsers tell maker and architecture, Dawn in Node the model too. */
export function adapterWords({
  vendor,
  architecture,
  device,
  description,
  isFallbackAdapter,
}: GPUAdapterInfo): AdapterWords {
  const software = isFallbackAdapter || SOFTWARE.test(`${architecture} ${device} ${description}`);
  const words = [vendor, architecture, software ? '' : description || device].filter((word) => word !== '');
  return { name: words.join(' ') || 'unnamed GPU', software };
}
