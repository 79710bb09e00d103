import type { NetworkFamily, NetworkSpec } from '#common/network/network.ts';

/** The spec of the published size unless told otherwise. */
export function specOf(family: NetworkFamily, changes: Partial<NetworkSpec> = {}): NetworkSpec {
  return { family, width: 64, channels: 3, classes: 2, factor: 1, ...changes };
}
