import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { CalibratedDatasets } from './records/calibratedDatasets.ts';
import { CalibrationRuns } from './records/calibrationRuns.ts';
import { Checkpoints } from './records/checkpoints.ts';
import { ComplexityValues } from './records/complexityValues.ts';
import { createProjectDatabase } from './file/createProjectDatabase.ts';
import { Datasets } from './records/datasets.ts';
import { Findings } from './records/findings.ts';
import { Images } from './records/images.ts';
import { JobRecords } from './records/jobRecords.ts';
import { Measurements } from './records/measurements.ts';
import { type OpenedDatabase, type OpenOptions, openProjectDatabase } from './file/openProjectDatabase.ts';
import { Outcomes } from './records/outcomes.ts';
import { Predictions } from './records/predictions.ts';
import type { ProjectDatabase } from './file/projectDatabase.ts';
import { Settings } from './records/settings.ts';
import { TestImages } from './records/testImages.ts';
import { TrainedNetworks } from './records/trainedNetworks.ts';
import { Trainings } from './records/trainings.ts';
import type { WriterLock } from './file/writerLock.ts';

/**
 * A project: one SQLite file that holds everything the product knows of a user's work. Each stage reads what the one
 * before it wrote and writes its own record. One process at a time may have it open for writing; any number may read.
 */
export class Project {
  readonly path: string;
  readonly readOnly: boolean;
  readonly settings: Settings;
  readonly datasets: Datasets;
  readonly images: Images;
  readonly findings: Findings;
  readonly complexity: ComplexityValues;
  readonly runs: CalibrationRuns;
  readonly calibratedDatasets: CalibratedDatasets;
  readonly trainings: Trainings;
  readonly checkpoints: Checkpoints;
  readonly networks: TrainedNetworks;
  readonly predictions: Predictions;
  readonly outcomes: Outcomes;
  readonly testImages: TestImages;
  readonly jobs: JobRecords;
  readonly measurements: Measurements;
  readonly #database: ProjectDatabase;
  readonly #lock: WriterLock | null;

  private constructor({ database, lock }: OpenedDatabase, readOnly: boolean) {
    this.path = database.path;
    this.readOnly = readOnly;
    this.#database = database;
    this.#lock = lock;
    this.settings = new Settings(database);
    this.images = new Images(database);
    this.findings = new Findings(database);
    this.datasets = new Datasets(database, this.images, this.findings);
    this.complexity = new ComplexityValues(database);
    this.runs = new CalibrationRuns(database);
    this.calibratedDatasets = new CalibratedDatasets(database);
    this.checkpoints = new Checkpoints(database);
    this.trainings = new Trainings(database, this.checkpoints);
    this.networks = new TrainedNetworks(database);
    this.predictions = new Predictions(database);
    this.outcomes = new Outcomes(database);
    this.testImages = new TestImages(database);
    this.jobs = new JobRecords(database);
    this.measurements = new Measurements(database);
  }

  /**
   * Makes a new, empty project and opens it for writing.
   * @throws project-exists, project-not-found (no such folder), project-read-only, project-in-use
   */
  static create(path: string): Project {
    createProjectDatabase(path);
    return Project.open(path);
  }

  /**
   * Opens a project: for writing (the default), which takes the writer lock and brings an older file up to date after
   * a backup; or for reading only. Work that a killed process left as running is put back: trainings to queued, jobs to
   * interrupted.
   * @throws project-not-found, not-a-project, project-newer, project-damaged, project-altered, project-read-only, project-in-use,
   * and project-older when reading only.
   */
  static open(path: string, options: OpenOptions = {}): Project {
    const opened = openProjectDatabase(path, options);
    const project = new Project(opened, options.readOnly ?? false);
    // Only the lock's own holder knows that nobody else is running anything.
    if (opened.lock) project.#recover();
    return project;
  }

  /** Opens the project at `path` for writing, or makes it. */
  static openOrCreate(path: string): Project {
    return existsSync(resolve(path.trim())) ? Project.open(path) : Project.create(path);
  }

  /** Runs `body`, which must not await, so that all it writes is stored or nothing. */
  transaction<Result>(body: () => Result): Result {
    return this.#database.transaction(body);
  }

  /** Closes the file and lets others write. */
  close(): void {
    this.#database.close();
    this.#lock?.release();
  }

  #recover(): void {
    try {
      this.#database.transaction(() => {
        this.trainings.requeueInterrupted();
        this.jobs.markInterrupted();
        this.settings.recordProduct();
      });
    } catch (error) {
      this.close();
      throw error;
    }
  }
}
