import { project } from '../window/project.svelte.ts';

interface ContrastWindow {
  readonly low: number;
  readonly high: number;
}

/** Addresses of the pictures that the main process serves beside this page. */
class MediaUrls {
  /** Tells apart the pictures of projects that use the same ids, for the page's cache (32-bit FNV-1a of the path). */
  readonly #project = $derived.by(() => {
    let hash = 0x811c9dc5;
    for (const character of project.current?.path ?? '') {
      hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
    }
    return (hash >>> 0).toString(36);
  });

  /** Raised when files that were missing are there again, so that pictures which failed are asked for anew. */
  #generation = $state(0);

  renew(): void {
    this.#generation += 1;
  }

  readonly #version = $derived(
    this.#generation === 0 ? this.#project : `${this.#project}.${this.#generation}`,
  );

  /** At most 256 pixels. */
  thumbnail(id: number): string {
    return `media/thumbnail/${id}?p=${this.#version}`;
  }

  /** Full size; `window` is the contrast window, in shares of the image's own range. */
  image(id: number, { low, high }: ContrastWindow): string {
    const window = low === 0 && high === 1 ? '' : `&low=${low.toFixed(3)}&high=${high.toFixed(3)}`;
    return `media/image/${id}?p=${this.#version}${window}`;
  }

  /** Foreground in the overlay's colour, background transparent; at full size. */
  mask(id: number): string {
    return `media/mask/${id}?p=${this.#version}`;
  }

  /** As a network sees it at a working resolution, a pixel for a pixel. */
  working(id: number, side: number): string {
    return `media/working/${id}?p=${this.#version}&side=${side}`;
  }

  /** Its mask at that resolution, as `mask`. */
  workingMask(id: number, side: number): string {
    return `media/working-mask/${id}?p=${this.#version}&side=${side}`;
  }

  /** What brightness, colour and texture alone say: black never, white surely an object. `measured` tells one measurement from another. */
  probability(id: number, measured: string): string {
    return `media/probability/${id}?p=${this.#version}&m=${encodeURIComponent(measured)}`;
  }

  /** What a network found on a test image: white on black, at full size. */
  found(network: number, id: number): string {
    return `media/found/${id}?p=${this.#version}&network=${network}`;
  }

  /** As `mask`, at most 256 pixels. */
  smallMask(id: number): string {
    return `media/small-mask/${id}?p=${this.#version}`;
  }
}

export const mediaUrl = new MediaUrls();
