import type { Command } from '../command.ts';
import { calibrate } from './calibrateCommand.ts';
import { complexity } from './complexityCommand.ts';
import { compress } from './compressCommand.ts';
import { datasetExclude, datasetImages, datasetInclude, datasetMove } from './imageCommands.ts';
import { datasetAdd, datasetCheck, datasetList, datasetRelocate, datasetRemove } from './datasetCommands.ts';
import { demo } from './demoCommand.ts';
import { devices } from './devicesCommand.ts';
import { exportNetwork, report, runList } from './exportCommands.ts';
import { libraryExport, libraryImport, libraryList, libraryRemove } from './libraryCommands.ts';
import { licences } from './licencesCommand.ts';
import { network } from './networkCommand.ts';
import { predict } from './predictCommand.ts';
import { probe } from './probeCommand.ts';
import { runResume } from './runResumeCommand.ts';
import { segment } from './segmentCommand.ts';
import { setupCuda } from './setupCudaCommand.ts';
import { taskCancel, taskMerge, taskRun } from './taskCommands.ts';

/** Every command, in the order in which the work goes. */
export const COMMANDS: readonly Command[] = [
  ...[datasetAdd, datasetCheck, datasetList, datasetRelocate, datasetRemove],
  ...[datasetImages, datasetExclude, datasetInclude, datasetMove],
  ...[complexity, network, calibrate, predict, probe, compress],
  ...[runList, runResume, exportNetwork, report, segment],
  ...[libraryList, libraryExport, libraryImport, libraryRemove],
  ...[taskRun, taskMerge, taskCancel],
  ...[devices, setupCuda, demo, licences],
];
