/**
 * How the datasets of the starter library are dealt: which of their images belong together, and which datasets are not independent of each
 * other. What is not named here has one image for each patient, or an order (a film, a stack) that contiguous folds respect.
 */
export const GROUPS: Readonly<Record<string, string>> = {
  'axon-myelin-sem': '{group}_*',
  'bhsd-hemorrhage-ct': '{group:3}*',
  'ccaus-carotid-us': '{group}VAS_*',
  'curvas-liver-ct': '{group}_*',
  'ddti-thyroid-us': '{group}_*',
  'ebhi-colorectal-polyp-histology': '{group}-*',
  'herlev-cervical-nuclei': '{group}-{group}-*',
  'infrared-eye-iris': '{group}_*',
  'larynx-surgical-tool': '{group}_{group}_*',
  'larynx-vocal-folds': '{group}_{group}_*',
  'soybean-roots-minirhizotron': '{group}_*',
};

/** Datasets of the same patients or films, which share a word. */
export const RELATED: Readonly<Record<string, string>> = {
  'larynx-surgical-tool': 'larynx',
  'larynx-vocal-folds': 'larynx',
  'rbc-darkfield': 'dark field',
  'spirochaete-darkfield': 'dark field',
};
