import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import Database from 'better-sqlite3';
import { CcnetError } from '#common/errors.ts';
import { networkWeights, sizeOf } from '#common/network/layerWeights.ts';
import type { NetworkSpec } from '#common/network/network.ts';
import { preparationOf } from '#common/preparation/preparation.ts';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import type { NamedTensor } from '#common/training/training.ts';
import { cardMetadata } from '#common/use/networkCard.ts';
import { openEngine } from '../../../src-main/engine/openEngine.ts';
import { networkNodes, OPSET } from '../../../src-main/export/onnx/networkToOnnx.ts';
import { fromOnnxKernel } from '../../../src-main/export/onnx/onnxKernel.ts';
import { encodeOnnx, type OnnxTensor } from '../../../src-main/export/onnx/onnxMessages.ts';
import { weightsDigest } from '../../../src-main/export/weightsDigest.ts';
import { storedCheckpoint } from '../../../src-main/jobs/training/storedCheckpoint.ts';
import { describeNetwork } from '../../../src-main/network/describeNetwork.ts';
import { firstWeights } from '../../../src-main/network/firstWeights.ts';
import { Project } from '../../../src-main/project/project.ts';
import { createPredictor } from '../../../src-main/training/createPredictor.ts';
import { readNetworkFile, type UsableNetwork } from '../../../src-main/use/readNetworkFile.ts';
import { sampleCard } from '../../export/sampleCard.ts';
import { exampleDataset, exampleImage } from '../../project/examples.ts';
import { mutate, MUTATIONS, type Outcome, seeded } from './mutate.ts';
import { tamperedTensors } from './tensors.ts';

const SPEC: NetworkSpec = { family: 'unet', width: 4, channels: 1, classes: 2, factor: 0.5 };
const SIDE = 32;
const layers = describeNetwork(SPEC);
const weights = firstWeights(layers, 3);
const good = weightsDigest(weights);
const { nodes, initializers } = networkNodes({ name: 'unet', layers, weights }, 'image', 'probabilities');
const constants = initializers.flatMap(({ name, shape, data }) =>
  data instanceof Float32Array ? [{ name, shape, data }] : [],
);

/** Uses networks in .onnx files whose bytes, tensors or descriptions were changed, with the checksum that a stranger would put on them. */
export async function attackNetworkFiles(tries: number, seed: number): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'ccnet-networks-'));
  const path = join(folder, 'network.onnx');
  try {
    const whole = Buffer.from(fileOf(constants));
    return await attack('networks in files', tries, async (number) => {
      const random = seeded(seed * 7919 + number);
      const bytes =
        number % 3 === 0
          ? mutate(whole, MUTATIONS[number % MUTATIONS.length] ?? 'bytes', random)
          : number % 3 === 1
            ? fileOf(tamperedTensors(constants, Math.floor(number / 3), random))
            : fileOf(constants, otherWords(Math.floor(number / 3)));
      writeFileSync(path, bytes);
      return used(await readNetworkFile(path));
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Uses networks and states of trainings in project files whose tensors were changed. */
export async function attackStoredNetworks(tries: number, seed: number): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'ccnet-stored-'));
  const path = join(folder, 'lab.ccnet');
  try {
    const { training, network } = fill(path);
    return await attack('networks in projects', tries, async (number) => {
      const random = seeded(seed * 7919 + number);
      const isNetwork = number % 2 === 0;
      replaceTensors(path, isNetwork, (tensors) => tamperedTensors(tensors, Math.floor(number / 2), random));
      const project = Project.open(path);
      try {
        if (!isNetwork) return await resumed(project, training);
        return await used({
          card: sampleCard({ network: SPEC }),
          weights: project.networks.weights(network),
        });
      } finally {
        project.close();
      }
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function attack(
  what: string,
  tries: number,
  attempt: (number: number) => Promise<'right' | 'wrong'>,
): Promise<Outcome> {
  const counts = { refused: 0, right: 0, wrong: 0 };
  for (let number = 0; number < tries; number++) {
    try {
      counts[await attempt(number)] += 1;
    } catch (error) {
      if (!(error instanceof CcnetError) || error.code === 'program-fault') throw error;
      counts.refused += 1;
    }
  }
  return { what, tries, ...counts };
}

/** Lets the network segment; what it says must be probabilities. */
async function used({ card, weights: given }: UsableNetwork): Promise<'right' | 'wrong'> {
  const predictor = await createPredictor(await openEngine('native', { threads: 1 }), card.network, given);
  try {
    const { channels } = card.network;
    const image = new Float32Array(SIDE * SIDE * channels).fill(0.5);
    const found = await predictor.predict(image, 1, SIDE, SIDE);
    if (!found.every((value) => value >= 0 && value <= 1))
      throw new Error(`${card.run} says no probability.`);
    return weightsDigest(given) === good ? 'right' : 'wrong';
  } finally {
    await predictor.dispose();
  }
}

async function resumed(project: Project, training: number): Promise<'right' | 'wrong'> {
  const record = project.trainings.list().find(({ id }) => id === training);
  const checkpoint = record && storedCheckpoint(project, record);
  if (!checkpoint) return 'wrong';
  const engine = await openEngine('native', { threads: 1 });
  const step = await engine.openStep({
    layers,
    weights: checkpoint.weights,
    loss: { foregroundWeight: 1 },
    seed: 1,
  });
  try {
    await step.setOptimizer(checkpoint.optimizer);
    const images = new Float32Array(SIDE * SIDE).map((_, index) => Math.sin(index));
    const masks = new Uint8Array(SIDE * SIDE).map((_, index) => index % 2);
    await step.run({ size: 1, height: SIDE, width: SIDE, channels: 1, images, masks }, 1e-3);
    return weightsDigest(checkpoint.weights) === good ? 'right' : 'wrong';
  } finally {
    await step.dispose();
  }
}

const OTHER: readonly Readonly<Record<string, unknown>>[] = [
  { network: { ...SPEC, width: 1024, factor: 1 } },
  { network: { ...SPEC, channels: 3 } },
  { network: { ...SPEC, classes: 255 } },
  { network: { ...SPEC, factor: 1e-9 } },
  { network: { ...SPEC, family: 'fcn8s' } },
  { preparation: { ...preparationOf(SPEC, 256), workingSide: 2 ** 40 } },
  { preparation: preparationOf({ channels: 3 }, 256) },
  { preparation: { ...preparationOf(SPEC, 256), threshold: 2 } },
  { training: { ...sampleCard().training, side: { low: 1e-300, median: 1e-300, high: 1e-300 } } },
  { training: { ...sampleCard().training, depths: [] } },
  { test: { dice: 'x', iou: null, images: 1e99 } },
];
const otherWords = (number: number): Readonly<Record<string, unknown>> => OTHER[number % OTHER.length] ?? {};

/** A file with these constants in place of the network's, and the checksum that fits them. */
function fileOf(constants: readonly OnnxTensor[], words: Readonly<Record<string, unknown>> = {}): Uint8Array {
  const card = { ...sampleCard({ network: SPEC, weights: digestOf(constants) }), ...words };
  return encodeOnnx({
    producer: { name: 'attack', version: '1' },
    description: '',
    metadata: { ...cardMetadata(sampleCard()), ccnet: JSON.stringify(card) },
    opset: OPSET,
    graph: { name: 'unet', nodes, initializers: constants, inputs: [], outputs: [] },
  });
}

/** As the reader would compute it if it checked nothing else. */
function digestOf(constants: readonly OnnxTensor[]): string {
  const byName = new Map(constants.map((tensor) => [tensor.name, tensor]));
  const read = networkWeights(layers).flatMap(({ name, role }): NamedTensor[] => {
    const tensor = byName.get(name);
    if (!(tensor?.data instanceof Float32Array)) return [];
    const { shape, data } = tensor;
    const turns = role === 'kernel' && sizeOf(shape) === data.length;
    return [{ name, ...(turns ? fromOnnxKernel({ shape, data }) : { shape, data }) }];
  });
  return weightsDigest(read);
}

function fill(path: string): { training: number; network: number } {
  const project = Project.create(path);
  const images = [1, 2, 3].map((number) => exampleImage(number));
  const { id: datasetId } = project.datasets.add(exampleDataset, images, []);
  const plan = { datasetId, network: SPEC, recipe: DEFAULT_RECIPE, seed: 1, fold: null } as const;
  const training = project.trainings.add({ ...plan, purpose: 'calibration' });
  const zeros = (tensor: NamedTensor, moment: string): NamedTensor => ({
    ...tensor,
    name: `${tensor.name}/${moment}`,
    data: new Float32Array(tensor.data.length),
  });
  const learnt = weights.filter(({ name }) => !name.includes('/moving_'));
  project.checkpoints.save(training.id, {
    epoch: 1,
    step: 1,
    bestEpoch: 1,
    bestValidationDice: 0.5,
    history: [{ epoch: 1, loss: 1, validationDice: 0.5, learningRate: 1e-3, seconds: 1, imagesPerSecond: 1 }],
    weights,
    bestWeights: weights,
    optimizer: [
      ...learnt.flatMap((tensor) => [zeros(tensor, 'm'), zeros(tensor, 'v')]),
      { name: 'step', shape: [1], data: Float32Array.of(1) },
    ],
    randomState: [1, 2, 3, 4],
  });
  const network = project.networks.add(
    {
      ...plan,
      trainingId: training.id,
      runId: null,
      parameters: 1000,
      engine: 'attack',
      preprocessing: {},
      validation: null,
      test: { dice: 0.5, iou: 0.4, pooledDice: 0.5, pooledIou: 0.4, perImage: [], working: null },
    },
    weights,
  );
  project.close();
  return { training: training.id, network };
}

/** Writes tensors past the program, with lengths and checksums that are right or not. */
function replaceTensors(
  path: string,
  isNetwork: boolean,
  change: (tensors: readonly NamedTensor[]) => readonly NamedTensor[],
): void {
  const raw = new Database(path);
  const table = isNetwork ? 'network_tensors' : 'checkpoint_tensors';
  const insert = raw.prepare(
    isNetwork
      ? `INSERT INTO network_tensors (network_id, position, name, shape, checksum, data) VALUES (1, @position, @name, @shape, @checksum, @data)`
      : `INSERT INTO checkpoint_tensors (training_id, part, epoch, position, name, shape, checksum, data) VALUES (1, @part, 1, @position, @name, @shape, @checksum, @data)`,
  );
  const before = originals(raw, table);
  raw.transaction(() => {
    raw.exec(`DELETE FROM ${table}`);
    for (const [part, tensors] of before) {
      change(tensors).forEach(({ name, shape, data }, position) => {
        const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
        const row = { position, name, shape: JSON.stringify(shape), checksum: crc32(bytes), data: bytes };
        insert.run(isNetwork ? row : { ...row, part });
      });
    }
  })();
  raw.close();
}

const kept = new Map<string, Map<string, NamedTensor[]>>();

/** The tensors of a table as they were before the first attack, by their part. */
function originals(raw: Database.Database, table: string): Map<string, NamedTensor[]> {
  const known = kept.get(raw.name + table);
  if (known) return known;
  const part = table === 'network_tensors' ? `'network'` : 'part';
  const rows = raw
    .prepare(`SELECT ${part} AS part, name, shape, data FROM ${table} ORDER BY position`)
    .all() as { part: string; name: string; shape: string; data: Buffer }[];
  const all = new Map<string, NamedTensor[]>();
  for (const { part: of, name, shape, data } of rows) {
    const values = new Float32Array(new Uint8Array(data).buffer);
    all.set(of, [...(all.get(of) ?? []), { name, shape: JSON.parse(shape) as number[], data: values }]);
  }
  kept.set(raw.name + table, all);
  return all;
}
