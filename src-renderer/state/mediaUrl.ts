/** Addresses of the pictures that the main process serves beside this page. */
export const mediaUrl = {
  /** At most 256 pixels. */
  thumbnail: (id: number): string => `media/thumbnail/${id}`,
  /** Full size; `window` is the contrast window, shares of the image's own range. */
  image: (id: number, window: { readonly low: number; readonly high: number }): string =>
    window.low === 0 && window.high === 1
      ? `media/image/${id}`
      : `media/image/${id}?low=${window.low.toFixed(3)}&high=${window.high.toFixed(3)}`,
  /** Foreground opaque white, background transparent. */
  mask: (id: number): string => `media/mask/${id}`,
  smallMask: (id: number): string => `media/mask/${id}?size=256`,
};
