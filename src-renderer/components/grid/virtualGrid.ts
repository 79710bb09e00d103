/** Where the tiles of a grid lie; all lengths in pixels. */
export interface GridLayout {
  readonly columns: number;
  readonly rows: number;
  /** Width of a tile. */
  readonly tile: number;
  /** Distance from the top of one row to the top of the next. */
  readonly rowHeight: number;
  readonly gap: number;
  readonly height: number;
}

/**
 * Lays out `count` tiles in as many columns as fit, stretched to fill the width.
 * @param wish least width of a tile
 * @param caption height of the text below a tile's square picture
 */
export function layoutGrid(
  count: number,
  width: number,
  { wish, gap, caption }: { readonly wish: number; readonly gap: number; readonly caption: number },
): GridLayout {
  const columns = Math.max(1, Math.floor((width + gap) / (wish + gap)));
  const tile = Math.max(1, (width - gap * (columns - 1)) / columns);
  const rows = Math.ceil(count / columns);
  const rowHeight = tile + caption + gap;
  return { columns, rows, tile, rowHeight, gap, height: Math.max(0, rows * rowHeight - gap) };
}

/** Indices [from, to) of the tiles to keep in the page: those in view and `spare` rows on both sides. */
export function visibleRange(
  layout: GridLayout,
  count: number,
  scrollTop: number,
  viewHeight: number,
  spare: number,
): { from: number; to: number } {
  const first = Math.max(0, Math.floor(scrollTop / layout.rowHeight) - spare);
  const last = Math.ceil((scrollTop + viewHeight) / layout.rowHeight) + spare;
  return {
    from: Math.min(count, first * layout.columns),
    to: Math.max(0, Math.min(count, last * layout.columns)),
  };
}

/** How many tiles can be in the page at once: `visibleRange` never spans more. */
export function slotCount(layout: GridLayout, viewHeight: number, spare: number): number {
  return (Math.ceil(viewHeight / layout.rowHeight) + 1 + 2 * spare) * layout.columns;
}

/** Top left corner of a tile. */
export function tilePosition(layout: GridLayout, index: number): { x: number; y: number } {
  const column = index % layout.columns;
  return {
    x: column * (layout.tile + layout.gap),
    y: Math.floor(index / layout.columns) * layout.rowHeight,
  };
}

/** Index that a key moves the focus to, or null when the key does not move it. */
export function moveInGrid(
  key: string,
  index: number,
  count: number,
  layout: GridLayout,
  viewHeight: number,
): number | null {
  if (count === 0) return null;
  const page = Math.max(1, Math.floor(viewHeight / layout.rowHeight)) * layout.columns;
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -layout.columns,
    ArrowDown: layout.columns,
    PageUp: -page,
    PageDown: page,
    Home: -count,
    End: count,
  };
  const step = steps[key];
  if (step === undefined) return null;
  const wanted = index + step;
  // Up and down keep the column: beyond the first or last row nothing moves.
  if ((key === 'ArrowUp' && wanted < 0) || (key === 'ArrowDown' && wanted >= count)) {
    const isLastRow = Math.floor(index / layout.columns) === layout.rows - 1;
    return key === 'ArrowDown' && !isLastRow ? count - 1 : index;
  }
  return Math.min(count - 1, Math.max(0, wanted));
}

/** Scroll position that shows a tile in full, moving as little as possible. */
export function scrollToShow(
  layout: GridLayout,
  index: number,
  scrollTop: number,
  viewHeight: number,
): number {
  const top = tilePosition(layout, index).y;
  const bottom = top + layout.rowHeight;
  if (top < scrollTop) return top;
  if (bottom > scrollTop + viewHeight) return bottom - viewHeight;
  return scrollTop;
}
