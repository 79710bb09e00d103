import { z } from 'zod';
import type { GoalVerdict } from '#common/prediction/judgeGoal.ts';
import type { CalibratedDataset } from '#common/calibration/calibratedDataset.ts';
import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import type { Complexity } from '#common/dataset/complexity.ts';
import type { Fold } from '#common/dataset/fold.ts';
import type { Finding, Sample, Split } from '#common/dataset/dataset.ts';
import { type EditedImages, imageEditSchema, imageStateSchema } from '#common/dataset/imageEdit.ts';
import { readingSchema } from '#common/dataset/reading.ts';
import type { Failure } from '#common/failures/failures.ts';
import { deviceIdSchema } from '#common/device/device.ts';
import { type JobKind, type JobRequest, jobRequestSchema, type JobResult } from './jobs/jobKinds.ts';
import type { WrittenFile } from './jobs/writtenFile.ts';
import type { SplitMode } from './jobs/requestFields.ts';
import type { LiveExamples } from './liveExample.ts';
import type { Notice } from '#common/licences/notice.ts';
import type { NetworkSpec } from '#common/network/network.ts';
import type { AnsweredPrediction, Choice, Limits } from '#common/prediction/prediction.ts';
import { type Publication, toldPublicationSchema } from '#common/use/publication.ts';
import type { Progress } from './progress.ts';
import type { ObjectScores } from '#common/training/objectScores.ts';
import type { Accuracy, EpochRecord } from '#common/training/training.ts';

/** A call from the window to the main process: what it takes (checked there) and, as a type, what it answers. */
export interface Channel<Payload extends z.ZodType = z.ZodType, Result = unknown> {
  readonly payload: Payload;
  /** Only carries the type. */
  readonly result?: Result;
}

const answers = <Result>() => ({
  to: <Payload extends z.ZodType>(payload: Payload): Channel<Payload, Result> => ({ payload }),
});

const nothing = z.undefined();
const id = z.number().int().positive();
const name = z.string().min(1).max(200);
const path = z.string().min(1).max(4096);

export interface ProjectView {
  readonly path: string;
  readonly name: string;
  readonly readOnly: boolean;
}

export interface RecentProject {
  readonly path: string;
  readonly name: string;
  readonly openedAt: string;
  /** False when the file is no longer there. */
  readonly exists: boolean;
}

export interface DatasetView {
  readonly id: number;
  readonly name: string;
  /** Absolute path of the folder or .zip, or what the project file made of it on this computer. */
  readonly root: string;
  /** Nothing lies at `root`: it was moved, or its disk is not connected. */
  readonly missing: boolean;
  /** As in the calibration runs that were trained on it. */
  readonly fingerprint: string;
  /** Those of the same images dealt or edited otherwise: runs that have one were trained on much the same images, and are no evidence for these. */
  readonly otherFingerprints: readonly string[];
  readonly channels: 1 | 3;
  readonly convention: string;
  readonly splitMode: SplitMode | 'given';
  readonly addedAt: string;
  readonly images: Readonly<Record<Split, number>>;
  readonly findings: Readonly<Record<'error' | 'warning' | 'info', number>>;
  readonly measured: boolean;
  /** How well brightness, colour and texture alone separate the objects of the training images, in [0, 1]; null where unknown. */
  readonly segmentability: number | null;
  /** A few of its images, to show it by. */
  readonly cover: readonly number[];
}

/** One image of a dataset, as the browser lists it. */
export interface ImageView extends Pick<
  Sample,
  'name' | 'image' | 'width' | 'height' | 'channels' | 'bitDepth' | 'foreground'
> {
  readonly id: number;
  readonly split: Split;
  /** Why somebody left it out; null where it counts. */
  readonly excluded: string | null;
  readonly complexity: Complexity | null;
  readonly problems: readonly Finding[];
}

/** What brightness, colour and texture alone find in training images of a dataset, each judged by a rule that has not seen it. */
export interface SegmentabilityView {
  /** Mean Dice over the tested images, in [0, 1]. */
  readonly value: number;
  /** Shorter side at which it was measured. */
  readonly workingSide: number;
  /** At most three; the picture of what the rule finds is served as app://media/probability/ID. */
  readonly examples: readonly {
    readonly label: 'best' | 'median' | 'worst';
    readonly image: number;
    readonly name: string;
    readonly dice: number;
  }[];
}

export type JobState = 'queued' | 'running' | 'paused' | 'finished' | 'failed' | 'cancelled' | 'interrupted';

/** One job as the jobs panel shows it. */
export interface JobView {
  readonly id: number;
  readonly kind: JobKind;
  readonly title: string;
  /** What was asked: tells which dataset a job is about, and how to start it again. Null when an older version stored the job. */
  readonly request: JobRequest | null;
  readonly state: JobState;
  readonly progress: Progress | null;
  readonly device: string | null;
  readonly error: Failure | null;
  /** Result of a finished job of this session. */
  readonly result: JobResult | null;
  /** Files of a trained network that it has written, also in an earlier session. */
  readonly written: readonly WrittenFile[];
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

/** Live figures of a job at one moment: the points of its curves. */
export interface JobMoment {
  readonly at: string;
  readonly stage: string;
  readonly done: number;
  readonly total: number;
  readonly figures: Readonly<Record<string, number>>;
}

/** A prediction as it was shown, with the limits and the choice that were in force. */
export interface PredictionView {
  readonly id: number;
  readonly datasetId: number;
  readonly network: Omit<NetworkSpec, 'factor'>;
  readonly limits: Limits;
  readonly prediction: AnsweredPrediction;
  readonly choice: Choice;
  readonly createdAt: string;
}

/** What came of a prediction: predicted beside measured accuracy, cost before and after. */
export interface OutcomeView {
  readonly id: number;
  readonly predictionId: number;
  readonly networkId: number | null;
  readonly alpha: number;
  readonly predicted: { readonly dice: number; readonly low: number; readonly high: number };
  readonly measured: {
    readonly dice: number;
    readonly iou: number;
    /** At the working resolution; null where all is at it. */
    readonly diceWorking: number | null;
  };
  /** Filters of the wider network that it learnt from as well; null: from the masks alone. */
  readonly teacherWidth: number | null;
  /** Measured, not predicted; null where the network was not kept. */
  readonly goal: GoalVerdict | null;
  /** Bytes are null until the network has been exported. */
  readonly before: { readonly parameters: number; readonly bytes: number | null };
  readonly after: { readonly parameters: number; readonly bytes: number | null };
  readonly createdAt: string;
}

/** How well a trained network does on one test image, at the image's own size. The found mask is the picture media/found/ID?network=. */
export interface TestImageView {
  /** Id of the image. */
  readonly image: number;
  readonly dice: number;
  readonly iou: number;
  readonly objects: ObjectScores;
}

/** A trained network: how its training went, and its accuracy on every test image. */
export interface TrainedNetworkView {
  readonly id: number;
  readonly datasetId: number | null;
  readonly network: NetworkSpec;
  readonly parameters: number;
  readonly engine: string;
  readonly test: Accuracy;
  readonly history: readonly EpochRecord[];
  readonly createdAt: string;
}

/** A trained network that can be used: what it is picked by. */
export interface NetworkChoice {
  readonly id: number;
  /** Name of the dataset that it was trained on. */
  readonly dataset: string;
  readonly network: NetworkSpec;
  readonly seed: number;
  /** The fold of the dataset that it was trained on; null for the dataset's own split. */
  readonly fold: Fold | null;
  /** On the test images, at their own size. */
  readonly testDice: number;
}

export interface RunView {
  readonly id: number;
  /** own: trained in this project; starter: from the library that comes with the product; imported: from another library file. */
  readonly origin: 'own' | 'imported' | 'starter';
  readonly run: CalibrationRun;
}

export interface ImportedLibrary {
  readonly library: string | null;
  readonly runs: number;
}

/** What a project holds of the library that comes with the product. */
export interface StarterLibraryView {
  /** In the library of this version of the product. */
  readonly datasets: number;
  readonly runs: number;
  /** How many of those runs the project has. */
  readonly held: number;
  /** Runs in the project that an older version's library brought and this one's no longer has. */
  readonly outdated: number;
  /** Stored runs, of older libraries, of networks whose factor differs from layer to layer: they cannot be used. */
  readonly layerWise: number;
}

/** A notice as a list shows it. */
export type NoticeEntry = Omit<Notice, 'text'>;

export const appSettingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  reducedMotion: z.enum(['system', 'on', 'off']),
  threads: z.number().int().min(1).max(256).nullable(),
  exportFolder: path.nullable(),
  notifications: z.boolean(),
  /** Whether new projects hold the library that comes with the product. */
  starterLibrary: z.boolean(),
});
export type AppSettings = z.infer<typeof appSettingsSchema>;

/**
 * Every call that the window may make. Paths in payloads come from dialogs or dropped files and are treated as hostile.
 * Pictures are not sent here but served as app://media/... (see shell/mediaProtocol).
 */
export const CHANNELS = {
  /** `exportFolder`: where results go while the user has set no folder; absolute. */
  'app.info': answers<{
    version: string;
    platform: string;
    development: boolean;
    exportFolder: string;
    /** The user's own folder. */
    home: string;
    cores: number;
    /** Whether this machine can submit to a cluster of Slurm. */
    cluster: boolean;
  }>().to(nothing),
  /** Whose work this installation holds, the program's own first, then by name; their texts one by one with `app.notice`. */
  'app.notices': answers<readonly NoticeEntry[]>().to(nothing),
  /** The text of the notice at a place of that list. */
  'app.notice': answers<string>().to(z.number().int().min(0)),
  'settings.get': answers<AppSettings>().to(nothing),
  'settings.set': answers<AppSettings>().to(appSettingsSchema.partial()),
  'projects.current': answers<ProjectView | null>().to(nothing),
  'projects.recent': answers<readonly RecentProject[]>().to(nothing),
  'projects.forget': answers<readonly RecentProject[]>().to(path),
  'projects.create': answers<ProjectView | null>().to(nothing),
  /** With no path, asks for one; null when the user cancels the dialog. */
  'projects.open': answers<ProjectView | null>().to(path.optional()),
  'projects.openDemo': answers<ProjectView>().to(nothing),
  'projects.close': answers<null>().to(nothing),
  'datasets.list': answers<readonly DatasetView[]>().to(nothing),
  'datasets.images': answers<readonly ImageView[]>().to(id),
  'datasets.findings': answers<readonly Finding[]>().to(id),
  /** Null where it was not measured. */
  'datasets.segmentability': answers<SegmentabilityView | null>().to(id),
  /** Leaves images out, takes them in again, or moves them with all that belong together with them. */
  'datasets.editImages': answers<EditedImages>().to(
    z.object({ id, images: z.array(id).min(1).max(100_000), edit: imageEditSchema }),
  ),
  /** Brings images to the state before an edit. */
  'datasets.restoreImages': answers<EditedImages>().to(
    z.object({ id, images: z.array(imageStateSchema).min(1).max(100_000) }),
  ),
  'datasets.rename': answers<DatasetView>().to(z.object({ id, name })),
  /** Removes it from the project, not from the disk; `datasets.restore` brings it back until the project is closed. */
  'datasets.remove': answers<null>().to(id),
  'datasets.restore': answers<DatasetView>().to(id),
  /** Takes back a finished job that relocated a dataset, by the job's id. */
  'datasets.moveBack': answers<DatasetView>().to(id),
  /** Of one dataset, oldest first. */
  'predictions.list': answers<readonly PredictionView[]>().to(id),
  /** Of one dataset, oldest first. */
  'outcomes.list': answers<readonly OutcomeView[]>().to(id),
  /** What a network finds on the test images of its dataset, the worst first; those that have been looked at. */
  'networks.testImages': answers<readonly TestImageView[]>().to(id),
  /** Those whose dataset is still in the project, oldest first. */
  'networks.list': answers<readonly NetworkChoice[]>().to(nothing),
  /** What model collections ask for; null until it was told once. */
  'publication.get': answers<Publication | null>().to(nothing),
  'publication.set': answers<null>().to(toldPublicationSchema),
  'networks.get': answers<TrainedNetworkView>().to(id),
  'library.runs': answers<readonly RunView[]>().to(nothing),
  'library.datasets': answers<readonly CalibratedDataset[]>().to(nothing),
  'library.starter': answers<StarterLibraryView>().to(nothing),
  /** The library files that brought runs, and how many of each are here; null for those of version 0.1.0, which have no name. */
  'library.imported': answers<readonly ImportedLibrary[]>().to(nothing),
  'library.exclude': answers<null>().to(z.object({ id, reason: z.string().min(1).max(500).nullable() })),
  'jobs.list': answers<readonly JobView[]>().to(nothing),
  'jobs.start': answers<JobView>().to(jobRequestSchema),
  'jobs.cancel': answers<null>().to(id),
  /** Cancels a job, and what of it waits or runs on a cluster. Answers how many trainings that were. */
  'jobs.cancelOnCluster': answers<number>().to(id),
  'jobs.pause': answers<null>().to(id),
  'jobs.resume': answers<null>().to(id),
  /** Takes up a job that ended early on another device than the one that it was started on. */
  'jobs.resumeOn': answers<null>().to(z.object({ id, device: deviceIdSchema })),
  /** Takes the jobs that have ended off the list, also of the project; what they made stays. */
  'jobs.clear': answers<null>().to(nothing),
  'jobs.log': answers<readonly string[]>().to(id),
  /** Figures so far, oldest first, thinned to at most 2,000 moments; empty for jobs of an earlier session. */
  'jobs.moments': answers<readonly JobMoment[]>().to(id),
  /** What the network that a job trains makes of a few validation images, after the latest epoch; null before the first. */
  'jobs.examples': answers<LiveExamples | null>().to(id),
  'dialogs.folder': answers<string | null>().to(z.object({ title: z.string().max(200) })),
  'dialogs.dataset': answers<string | null>().to(nothing),
  /** Single files; none when the user cancels the dialog. */
  'dialogs.images': answers<readonly string[]>().to(nothing),
  'dialogs.save': answers<string | null>().to(
    z.object({ title: z.string().max(200), suggestion: z.string().max(200) }),
  ),
  'dialogs.libraryFile': answers<string | null>().to(nothing),
  /** A table that says to which patient, slide or film each image belongs. */
  'dialogs.groupTable': answers<string | null>().to(nothing),
  /** Asks whether the whole folder may be looked at in which a dropped file lies, or one above; its path, or null when not. */
  'dialogs.wholeFolder': answers<string | null>().to(z.object({ folder: path, file: path })),
  /**
   * A small picture of a file of a folder or .zip that is about to be added, as a data: URL; null when it cannot be read.
   * `file` is relative to `root`.
   */
  'files.preview': answers<string | null>().to(
    z.object({ root: path, file: path, as: z.enum(['image', 'mask']) }),
  ),
  /** A small picture of an image with its masks over it, as they would be read; null when it cannot be drawn. */
  'files.overlay': answers<string | null>().to(
    z.object({
      root: path,
      image: path,
      masks: z.array(path).min(1).max(10_000),
      page: z.number().int().nonnegative(),
      reading: readingSchema,
    }),
  ),
  'files.reveal': answers<null>().to(path),
  /** Saves a plot that the window drew. */
  'files.savePlot': answers<string | null>().to(
    z.object({
      suggestion: z.string().max(200),
      format: z.enum(['svg', 'png']),
      data: z.string().max(20_000_000),
    }),
  ),
  /** Saves a table of the window as comma-separated values. */
  'files.saveTable': answers<string | null>().to(
    z.object({ suggestion: z.string().max(200), csv: z.string().max(50_000_000) }),
  ),
} as const satisfies Record<string, Channel>;

export type ChannelName = keyof typeof CHANNELS;
export type PayloadOf<Name extends ChannelName> = z.input<(typeof CHANNELS)[Name]['payload']>;
export type AnswerOf<Name extends ChannelName> =
  (typeof CHANNELS)[Name] extends Channel<z.ZodType, infer Result> ? Result : never;

/** What the main process tells the window unasked. */
export interface Notices {
  'job.changed': JobView;
  'job.examples': { job: number; examples: LiveExamples };
  /** Something in the project changed: lists should be read again. */
  'project.changed': ProjectView | null;
  'project.refused': Failure;
  /** A menu item or shortcut was used. */
  command: 'new' | 'open' | 'close' | 'settings' | 'jobs' | 'add-dataset';
}
export type NoticeName = keyof Notices;
export const NOTICES = [
  'job.changed',
  'job.examples',
  'project.changed',
  'project.refused',
  'command',
] as const satisfies readonly NoticeName[];

/** An answer over the wire: a value, or what went wrong, for the window to word. */
export type Reply<Result> =
  { readonly ok: true; readonly value: Result } | { readonly ok: false; readonly error: Failure };

/** What preload puts on `window.ccnet`: one function a channel and nothing more general. */
export type Bridge = {
  readonly [Name in ChannelName]: (payload: PayloadOf<Name>) => Promise<Reply<AnswerOf<Name>>>;
} & {
  readonly on: <Name extends NoticeName>(name: Name, listener: (notice: Notices[Name]) => void) => () => void;
  /** Absolute path of a dropped file, or "" when it has none. */
  readonly pathOf: (file: File) => string;
};
