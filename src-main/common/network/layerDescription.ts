/**
 * One layer of a network, described without allocating it. A network is a list of these in forward order, its layer table: the
 * first entry is the input, the last one the output. Engines run the table, its cost is counted and its files are written from it,
 * so that they cannot disagree.
 */
export interface LayerBase {
  readonly name: string;
  /** Names of the layers whose output this one reads. */
  readonly inputs: readonly string[];
  /** Channels of the output. */
  readonly channels: number;
  /** Input pixels per output pixel along one side: 1 at full resolution, 2 after one pooling, ... */
  readonly reduction: number;
}

/** 'same'-padded convolution with stride 1 and bias; kernel side x kernel side x inputChannels x channels. */
export interface ConvolutionLayer extends LayerBase {
  readonly kind: 'convolution';
  readonly kernel: number;
  readonly inputChannels: number;
}

/** 'same'-padded transposed convolution with bias: output side = input side * stride. */
export interface TransposedLayer extends LayerBase {
  readonly kind: 'transposed';
  readonly kernel: number;
  readonly stride: number;
  readonly inputChannels: number;
  readonly initial: 'heNormal' | 'bilinear';
}

/** Normalises each channel by its mean and variance: of the batch in training, of the past in inference. */
export interface BatchNormLayer extends LayerBase {
  readonly kind: 'batchNorm';
  /** Added to the variance. */
  readonly epsilon: number;
  /** Weight of the past in the moving averages. */
  readonly momentum: number;
}

/** Layers without weights or settings. */
export interface PlainLayer extends LayerBase {
  readonly kind: 'input' | 'relu' | 'maxPool' | 'concat' | 'add';
}

export interface DropoutLayer extends LayerBase {
  readonly kind: 'dropout';
  /** Share of values set to zero in training. */
  readonly rate: number;
}

export type LayerDescription =
  ConvolutionLayer | TransposedLayer | BatchNormLayer | PlainLayer | DropoutLayer;
