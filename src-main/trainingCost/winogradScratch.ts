const LANE = 16;
const TILE = 4;
const COMPONENTS = 36;
const LEAST_CHANNELS = 16;
const LEAST_CHANNELS_OF_FEW_TILES = 64;
const TASKS = 32;
const PIECE_FLOATS = 2 ** 19;
const PIECE_TILES = 128;
const CHANNELS_PER_TILE = 4;
const SHARED_FLOATS = 2 ** 23;
const PARTIAL_FLOATS = 2 ** 22;
const LEAST_CHUNKS = 4;
const MOST_CHUNKS = 16;
const KEPT_FLOATS = 2 ** 22;

/** A 3x3 convolution over a batch of feature maps. */
export interface Convolution3 {
  readonly inputs: number;
  readonly outputs: number;
  readonly batch: number;
  readonly height: number;
  readonly width: number;
}

/**
 * Floats of scratch memory that a 3x3 convolution's forward pass and its two gradients need at most, when they are computed by
 * Winograd's filtering: as native/step/winograd_convolution.cpp decides it; null when the direct sum is cheaper.
 */
export function winogradScratch({ inputs, outputs, batch, height, width }: Convolution3): number | null {
  const columns = Math.ceil(width / TILE);
  const lines = Math.ceil(height / TILE);
  const least = columns * lines < LANE ? LEAST_CHANNELS_OF_FEW_TILES : LEAST_CHANNELS;
  if (Math.min(inputs, outputs) < least) return null;
  const groups = batch * lines;
  const channels = LANE * (Math.ceil(inputs / LANE) + Math.ceil(outputs / LANE));
  const tiles = Math.min(PIECE_TILES, Math.floor(PIECE_FLOATS / (COMPONENTS * channels)));
  const perPiece = Math.max(1, Math.min(Math.floor(tiles / columns), Math.floor(groups / TASKS)));
  const pieces = Math.ceil(groups / perPiece);
  const pieceTiles = perPiece * columns;
  const local =
    pieces > 1 && pieceTiles >= LANE && Math.min(inputs, outputs) <= CHANNELS_PER_TILE * pieceTiles;
  const filters = matrices(outputs, inputs);
  const chunks = Math.min(MOST_CHUNKS, pieces, Math.floor(PARTIAL_FLOATS / filters));
  const localFilters = local && chunks >= LEAST_CHUNKS;
  const sharedTiles =
    columns * Math.max(1, Math.min(groups, Math.floor(SHARED_FLOATS / (COMPONENTS * channels * columns))));
  const shared = matrices(inputs, sharedTiles) + matrices(outputs, sharedTiles);
  return Math.max(
    Math.max(filters, matrices(inputs, outputs)) + (local ? 0 : shared),
    localFilters ? chunks * filters : filters + shared,
  );
}

/**
 * Floats of the prepared filters of a 3x3 convolution that are kept between inferences (native/step/convolution_operation.cpp);
 * at most, as small images may do without.
 */
export function keptFilters(inputs: number, outputs: number): number {
  if (Math.min(inputs, outputs) < LEAST_CHANNELS) return 0;
  const filters = matrices(outputs, inputs);
  return filters > KEPT_FLOATS ? 0 : filters;
}

/** One matrix for each component, in blocks of 16 columns. */
function matrices(columns: number, rows: number): number {
  const lines = Math.ceil(columns / LANE) * rows;
  return COMPONENTS * (lines + 1 - (lines % 2)) * LANE;
}
