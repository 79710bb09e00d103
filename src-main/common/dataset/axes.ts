/** The planes of a body across which a volume is cut into slices. */
export const AXES = ['axial', 'coronal', 'sagittal'] as const;
export type Axis = (typeof AXES)[number];
