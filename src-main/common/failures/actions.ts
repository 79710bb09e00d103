import { type FactTable, flag, list, number, text } from './fact.ts';

/**
 * What can be done about failures, and is done otherwise at a window than at the command line. A new kind needs its sentence in
 * src-main/cli/actionWords.ts and in src-renderer/state/window/actionWords.ts; neither compiles without it.
 */
export const ACTIONS = {
  'report-fault': {},
  /** Projects and datasets. */
  'make-project': {},
  'choose-project-file': {},
  'close-other-program': {},
  'choose-dataset-name': {},
  'locate-dataset': { dataset: text },
  'pair-by-hand': {},
  'check-dataset': {},
  'look-at-overlay': {},
  'keep-groups': { pattern: text },
  'keep-alike': {},
  'split-in-blocks': {},
  'choose-masks': {},
  'choose-planes': {},
  'choose-reading': {},
  /** Calibration, training, export. */
  'choose-library': {},
  calibrate: { network: text, width: number },
  'choose-training': { known: list(text) },
  'choose-network': { known: list(number) },
  'predict-first': { dataset: text },
  'choose-empty-folder': {},
  'tell-publication': {},
  /** Devices. */
  'use-native': {},
  'start-elsewhere': {},
  'resume-elsewhere': { training: number },
  'report-device': {},
  'install-again': {},
  'set-up-tensorflow': { again: flag },
  'allow-tensorflow-on-cpu': {},
  'install-cuda': {},
} satisfies Record<string, FactTable>;
export type ActionKind = keyof typeof ACTIONS;
