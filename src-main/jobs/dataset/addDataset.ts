import { type Finding, SPLITS, type Split } from '#common/dataset/dataset.ts';
import type { RequestOf, ResultOf } from '#contract/jobs/jobKinds.ts';
import { CcnetError } from '#common/errors.ts';
import { marksOfAll } from '../../dataset/masks/marksOfAll.ts';
import { assignSplits } from '../../dataset/splits/assignSplits.ts';
import { ownGroups, tooFewVolumes } from '../../dataset/splits/ownGroups.ts';
import { contentsFingerprint, datasetFingerprint } from '../../dataset/source/datasetFingerprint.ts';
import { examineDataset } from '../../dataset/doctor/examineDataset.ts';
import { datasetChannels } from '../../dataset/working/sampleSource.ts';
import type { Project } from '../../project/project.ts';
import { chosenSource } from './chosenSource.ts';
import type { Job } from '../job.ts';
import { choicesOf, manualPairs } from './manualPairs.ts';
import { groupingOf, requestedGroups } from './requestedGroups.ts';

/** Examines a folder or .zip, deals its pairs to the splits once and for all, and stores what was found. */
export function addDataset(
  request: RequestOf<'add-dataset'>,
  project: Project,
): Job<ResultOf<'add-dataset'>> {
  return {
    async run(signal, onProgress) {
      // Before the long examination, not after it.
      project.datasets.requireFreeName(request.name);
      const source = await chosenSource(request);
      try {
        const doctor = await examineDataset(source, {
          signal,
          onProgress,
          ...manualPairs(request.pairing),
          ...choicesOf(request),
        });
        const marks = marksOfAll(doctor.samples);
        if (marks) throw new CcnetError('masks-of-one-kind', { marks, masks: doctor.samples.length });
        const contents = contentsFingerprint(doctor.samples);
        const findings = [...alreadyAdded(project, contents), ...doctor.findings];
        const unclear = doctor.findings.find(({ code }) => code === 'mask-background-unclear');
        if (unclear) throw new CcnetError('mask-background-unclear', { problem: unclear.problem });
        const requested = await requestedGroups(request, doctor);
        // One or two volumes cannot be kept together and yet lie on three sides: their slices are dealt in blocks.
        const isTorn = !requested && tooFewVolumes(doctor.samples) !== null;
        const groups = requested ?? (isTorn ? null : ownGroups(doctor.samples));
        const order = isTorn ? 'ordered' : request.splitMode;
        const samples = doctor.samples.map((sample, i) => ({ ...sample, group: groups?.[i] ?? null }));
        const splits = assignSplits(samples, { order });
        const dealt = samples.map((sample, i) => ({ ...sample, split: splits[i] ?? ('train' as const) }));
        const given = doctor.samples.some((sample) => sample.givenSplit !== null);
        const { id, name } = project.datasets.add(
          {
            name: request.name,
            root: source.root,
            kind: source.kind,
            convention: doctor.convention,
            contents,
            fingerprint: datasetFingerprint(dealt),
            channels: datasetChannels(doctor.samples),
            reading: doctor.reading,
            splitMode: given ? 'given' : order,
            grouping: groupingOf(request),
          },
          dealt,
          findings,
        );
        const count = (split: Split): number => splits.filter((one) => one === split).length;
        const images = Object.fromEntries(SPLITS.map((split) => [split, count(split)])) as Record<
          Split,
          number
        >;
        return { id, name, images, convention: doctor.convention, findings };
      } finally {
        await source.close();
      }
    },
  };
}

/** The same images with the same masks under another name: nobody should learn from one and test on the other. */
function alreadyAdded(project: Project, contents: string): Finding[] {
  const twin = project.datasets
    .list()
    .find(({ fingerprint, otherFingerprints }) => [fingerprint, ...otherFingerprints].includes(contents));
  if (!twin) return [];
  return [
    {
      severity: 'warning',
      code: 'already-added',
      file: '.',
      problem: `The project has the same images with the same masks already, as "${twin.name}".`,
      remedy: 'Remove one of the two: a prediction for one from runs on the other would see its own images.',
    },
  ];
}
