/** How an image lies in the viewer: `zoom` screen pixels per image pixel, x and y of its top left corner. */
export interface Placement {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const MOST_ZOOM = 32;

/** The whole image, centred; small images are enlarged to four times at most. */
export function fitPlacement(image: Size, view: Size): Placement {
  const zoom = Math.min(4, view.width / image.width, view.height / image.height);
  return {
    zoom,
    x: (view.width - image.width * zoom) / 2,
    y: (view.height - image.height * zoom) / 2,
  };
}

/** Zooms by a factor so that the point under (x, y) stays where it is. */
export function zoomAt(
  place: Placement,
  factor: number,
  point: { readonly x: number; readonly y: number },
  image: Size,
  view: Size,
): Placement {
  const least = Math.min(1, fitPlacement(image, view).zoom);
  const zoom = Math.min(MOST_ZOOM, Math.max(least, place.zoom * factor));
  const share = zoom / place.zoom;
  const moved = { zoom, x: point.x - (point.x - place.x) * share, y: point.y - (point.y - place.y) * share };
  return withinView(moved, image, view);
}

/** Moves the image back where it would leave the view; an image smaller than the view is centred. */
export function withinView(place: Placement, image: Size, view: Size): Placement {
  const along = (at: number, length: number, room: number): number =>
    length <= room ? (room - length) / 2 : Math.min(0, Math.max(room - length, at));
  return {
    zoom: place.zoom,
    x: along(place.x, image.width * place.zoom, view.width),
    y: along(place.y, image.height * place.zoom, view.height),
  };
}
