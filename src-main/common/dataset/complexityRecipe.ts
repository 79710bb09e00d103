/**
 * Everything that decides a measure's value besides the pixels. The kernels' constants (native/complexity) are repeated here
 * so that an identifier can be had without the addon; a test keeps the two equal. Change a value, or anything that
 * the measures compute, and `version` must rise: stored values of different recipes are never mixed.
 */
export const COMPLEXITY_RECIPE = {
  version: 'ccnet-2',
  /** Done by the dataset room before anything is measured; changing it there changes every value here. */
  resize: 'lanczos3+catmull-rom',
  masks: 'area',
  luminance: 'rec601',
  jpegQuality: 75,
  spectrum: 'hann',
  edgeStep: 16,
  glcmLevels: 32,
  bandWidth: 4,
  textureWindow: 5,
  segmentability: 'linear-2',
} as const;

/**
 * Identifier of the recipe at a working resolution, stored with every value.
 * @param workingSide length in pixels of the shorter side of the images that were measured.
 */
export function complexityRecipe(workingSide: number): string {
  const r = COMPLEXITY_RECIPE;
  return [
    r.version,
    `side=${workingSide}`,
    `resize=${r.resize}`,
    `masks=${r.masks}`,
    `luminance=${r.luminance}`,
    `jpeg=q${r.jpegQuality}`,
    `spectrum=${r.spectrum}`,
    `edge=${r.edgeStep}`,
    `glcm=${r.glcmLevels}`,
    `band=${r.bandWidth}`,
    `texture=${r.textureWindow}`,
    `segmentability=${r.segmentability}`,
  ].join(';');
}

/** The working side of a recipe by its identifier; null where it names none. */
export function sideOfRecipe(recipe: string): number | null {
  const side = /(?:^|;)side=(\d+)(?:;|$)/.exec(recipe)?.[1];
  return side === undefined ? null : Number(side);
}
