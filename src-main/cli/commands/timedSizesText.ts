import { formatDigits } from '#common/format.ts';
import type { InspectedDevice } from '#common/device/device.ts';
import { formatFactor } from '#common/network/factor.ts';
import { table } from '../table.ts';

/** Milliseconds of a training step of each factor on each usable device, the device to train it on, and how a sweep uses two of them. */
export function timedSizesText(devices: readonly InspectedDevice[]): string {
  const timed = devices.filter(({ usable }) => usable);
  const factors = timed[0]?.steps?.map(({ factor }) => factor) ?? [];
  const taken = new Set<InspectedDevice['id']>();
  const rows = factors.map((factor) => {
    const times = timed.map(({ id, steps }) => ({
      id,
      milliseconds: steps?.find((size) => size.factor === factor)?.milliseconds ?? null,
    }));
    const known = times.flatMap(({ id, milliseconds }) =>
      milliseconds === null ? [] : [{ id, milliseconds }],
    );
    const [fastest] = known.sort((a, b) => a.milliseconds - b.milliseconds);
    if (fastest) taken.add(fastest.id);
    return [
      formatFactor(factor),
      ...times.map(({ milliseconds }) => (milliseconds === null ? 'not timed' : formatDigits(milliseconds))),
      fastest ? `--device ${fastest.id}` : '',
    ];
  });
  const [card] = [...taken].filter((id) => id !== 'native');
  const both =
    card !== undefined && taken.has('native')
      ? `\nA sweep trains on both at once with: ccnet calibrate ... --device ${card} --with-cores`
      : '';
  return `milliseconds a training step, and the fastest device\n${table(['factor', ...timed.map(({ id }) => id), 'take'], rows)}${both}`;
}
