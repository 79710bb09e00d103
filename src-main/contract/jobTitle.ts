import type { JobRequest } from './jobRequest.ts';

/** What a job does, for people: "Add dataset GlaS". */
export function jobTitle(request: JobRequest): string {
  switch (request.kind) {
    case 'check-dataset':
      return `Check ${lastSegment(request.path)}`;
    case 'add-dataset':
      return `Add dataset ${request.name}`;
    case 'relocate-dataset':
      return `Find the files of ${request.dataset} again`;
    case 'measure-complexity':
      return `Measure the complexity of ${request.dataset}`;
    case 'calibrate':
      return `Calibrate ${request.family} on ${request.datasets.join(', ')}`;
    case 'predict':
      return `Predict ${request.family} on ${request.dataset}`;
    case 'compress':
      return `Compress ${request.family} for ${request.dataset}`;
    case 'export':
      return `Export network ${request.network}`;
    case 'examples':
      return `Show examples of network ${request.network}`;
    case 'report':
      return `Report on ${request.dataset}`;
    case 'export-library':
      return 'Export the calibration library';
    case 'import-library':
      return 'Import a calibration library';
    case 'inspect-devices':
      return 'Inspect devices';
    case 'make-demo':
      return 'Make the demo project';
  }
}

const lastSegment = (path: string): string => path.split(/[\\/]/).findLast(Boolean) ?? path;
