import { z } from 'zod';
import { canonicalJson } from '#common/canonicalJson.ts';
import { type NetworkSpec, networkSpecSchema } from '#common/network/network.ts';
import { jsonColumn, timeColumn } from './columns.ts';
import type { ProjectDatabase } from '../file/projectDatabase.ts';
import { thisMachine } from '../file/thisMachine.ts';

/** What was measured takes no less than a nanosecond and no more than a month. */
const duration = z.number().min(1e-6).max(2.7e9);
/** What cannot have been measured counts as not measured, and is measured anew. */
const latencyRow = z.object({ milliseconds: duration.nullable().catch(null) });

const stepTimingRow = z.object({
  engine: z.string(),
  network: jsonColumn(networkSpecSchema),
  /** Side of the crops, in pixels. */
  crop: z.number().int().positive().max(1e5),
  batch: z.number().int().positive().max(1e5),
  /** Median duration of one training step. */
  milliseconds: duration,
  /** Peak resident memory of the process. */
  residentBytes: z
    .number()
    .int()
    .nonnegative()
    .max(2 ** 50),
  measuredAt: timeColumn,
});
export type StepTiming = z.infer<typeof stepTimingRow>;
const usableTiming = stepTimingRow.nullable().catch(null);

/** Times measured on this machine; those of other machines that had the project open are kept apart. */
export class Measurements {
  readonly #database: ProjectDatabase;
  readonly #machine: string;

  constructor(database: ProjectDatabase, machine: string = thisMachine()) {
    this.#database = database;
    this.#machine = machine;
  }

  /** Median milliseconds of one forward pass of one image of that size here, if measured before. */
  latency(engine: string, network: NetworkSpec, height: number, width: number): number | undefined {
    return (
      this.#database.row(
        `SELECT milliseconds FROM latencies WHERE machine = @machine AND engine = @engine AND network = @network
         AND height = @height AND width = @width`,
        { machine: this.#machine, engine, network: canonicalJson(network), height, width },
        latencyRow,
      )?.milliseconds ?? undefined
    );
  }

  setLatency(
    engine: string,
    network: NetworkSpec,
    height: number,
    width: number,
    milliseconds: number,
  ): void {
    this.#database.run(
      `INSERT OR REPLACE INTO latencies (machine, engine, network, height, width, milliseconds, measured_at)
       VALUES (@machine, @engine, @network, @height, @width, @milliseconds, @now)`,
      {
        machine: this.#machine,
        engine,
        network: canonicalJson(network),
        height,
        width,
        milliseconds,
        now: new Date().toISOString(),
      },
    );
  }

  /** Durations of training steps here, from which the duration of others can be forecast. */
  stepTimings(): StepTiming[] {
    return this.#database
      .rows(
        `SELECT engine, network, crop, batch, milliseconds, resident_bytes AS residentBytes, measured_at AS measuredAt
       FROM step_timings WHERE machine = @machine ORDER BY measured_at`,
        { machine: this.#machine },
        usableTiming,
      )
      .filter((timing) => timing !== null);
  }

  setStepTiming(timing: Omit<StepTiming, 'measuredAt'>): void {
    this.#database.run(
      `INSERT OR REPLACE INTO step_timings
         (machine, engine, network, crop, batch, milliseconds, resident_bytes, measured_at)
       VALUES (@machine, @engine, @network, @crop, @batch, @milliseconds, @residentBytes, @now)`,
      {
        ...timing,
        machine: this.#machine,
        network: canonicalJson(timing.network),
        now: new Date().toISOString(),
      },
    );
  }
}
