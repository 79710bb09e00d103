/** Standard deviations below the centre of what is exceeded with a chance of two in three, 67 %. */
export const LIKELY = 0.4307;
/** The same for 85 %. */
export const SURE = 1.0364;
