/** Why each part of the package is there; the first pattern that fits a path counts. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/^node_modules\/@img\/sharp-libvips-/, 'libvips: decodes and resizes PNG, JPEG, TIFF, WebP and GIF'],
  [/^node_modules\/(@img\/|sharp\/|detect-libc\/|semver\/)/, "sharp: libvips' binding"],
  [
    /^node_modules\/onnxruntime-(web|common)\//,
    'ONNX Runtime: runs every exported network again, to verify it',
  ],
  [/^node_modules\/@cornerstonejs\/codec-charls\//, 'CharLS in WebAssembly: unpacks JPEG-LS in DICOM'],
  [/^node_modules\/@cornerstonejs\/codec-openjpeg\//, 'OpenJPEG in WebAssembly: unpacks JPEG 2000 in DICOM'],
  [/^node_modules\/better-sqlite3\//, 'SQLite: the project file'],
  [/^native\/build\/ccnet\.node$/, 'our kernels: complexity measures and the training engine'],
  [
    /^node_modules\/(@tensorflow\/tfjs-node-gpu|google-protobuf)\//,
    "TensorFlow's kernels for NVIDIA GPUs, the half in JavaScript",
  ],
  [
    /^node_modules\/@tensorflow\/tfjs-backend-wasm\//,
    "TensorFlow.js's kernels in WebAssembly: run every exported TensorFlow.js model again, to verify it",
  ],
  [/^node_modules\/(@tensorflow|seedrandom|long)\//, 'TensorFlow.js: builds, saves and loads the networks'],
  [/^node_modules\/(@protobufjs|protobufjs)\//, 'writes ONNX files'],
  [/^node_modules\/zod\//, 'checks everything that crosses a border: calls, files, records'],
  [/^node_modules\/(d3-[a-z-]+|internmap)\//, "axes of the report's plots"],
  [/^node_modules\/(yauzl|pend)\//, 'reads data sets from .zip'],
  [/^dist\/renderer\//, "the window's page"],
  [/^dist\/webgpu\//, 'the hidden page that computes on WebGPU'],
  [/^dist\//, 'the program'],
  [/^assets\//, 'calibration library of the demo project'],
  [/^package\.json$/, 'names the entry'],
];

/** Why a file is in the package; null when there is no reason. */
export function whyInPackage(path: string): string | null {
  return REASONS.find(([pattern]) => pattern.test(path))?.[1] ?? null;
}
