/** The tissue of the demo that nothing was trained on: how small a network may be for it is what the demo asks. */
export const UNSEEN = 'glands';

/** Folder beside the images of the tissues with further ones of that tissue, on which the trained network is then used. */
export const NEW_IMAGES = 'new-glands';
