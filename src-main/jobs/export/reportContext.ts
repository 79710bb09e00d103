import type { OnProgress } from '#contract/progress.ts';
import type { Engine } from '../../engine/openEngine.ts';
import type { DatasetRecord } from '../../project/records/datasets.ts';
import type { Project } from '../../project/project.ts';

/** What a report is made from. */
export interface ReportContext {
  readonly project: Project;
  readonly dataset: DatasetRecord;
  readonly engine: Engine;
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress;
}
