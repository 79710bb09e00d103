/** Standard deviations below the centre of what is exceeded with a chance of 60 %. */
export const LIKELY = 0.2533;
/** The same for 85 %. */
export const SURE = 1.0364;
