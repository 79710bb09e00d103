import type { InspectedDevice } from '#common/device/device.ts';
import type { Failure } from '#common/failures/failures.ts';
import { shownFailure } from '../window/failureWords.ts';
import { jobs } from '../jobs/jobs.svelte.ts';

/** What the machine's devices can do, as last tested in this session. */
class Devices {
  all = $state.raw<readonly InspectedDevice[] | undefined>();
  error = $state.raw<Failure | undefined>();
  busy = $state(false);
  #job = $state<number | null>(null);
  readonly job = $derived(jobs.byId(this.#job));
  readonly usable = $derived(this.all?.filter((device) => device.usable) ?? []);

  async loadOnce(): Promise<void> {
    if (!this.all) await this.inspect();
  }

  async inspect(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.error = undefined;
    try {
      this.all = await jobs.run<'inspect-devices'>(
        { kind: 'inspect-devices' },
        (job) => (this.#job = job.id),
      );
    } catch (error) {
      this.error = shownFailure(error);
    }
    this.busy = false;
  }
}

export const devices = new Devices();
