/** How masks are laid over images, the same in grid and viewer. */
class Overlay {
  shown = $state(false);
  /** 0 to 1. */
  opacity = $state(0.5);
}

export const overlay = new Overlay();
