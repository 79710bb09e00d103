import { place } from '../../state/window/route.svelte.ts';
import { SIDEBAR_PLACES } from './sidebarPlaces.ts';

/** The keyboard map, as the help dialog lists it. */
export const SHORTCUTS: readonly {
  readonly title: string;
  readonly keys: readonly { readonly keys: readonly string[]; readonly does: string }[];
}[] = [
  {
    title: 'Everywhere',
    keys: [
      {
        keys: ['Alt', `1 to ${SIDEBAR_PLACES.length}`],
        does: SIDEBAR_PLACES.map(({ label }) => label).join(', '),
      },
      { keys: ['Alt', 'J'], does: 'Open or close the jobs panel' },
      { keys: ['?'], does: 'Help and this list' },
      { keys: ['Esc'], does: 'Close what lies on top' },
    ],
  },
  {
    title: 'Image grid',
    keys: [
      { keys: ['←', '→', '↑', '↓'], does: 'Move from image to image' },
      { keys: ['PgUp', 'PgDn', 'Home', 'End'], does: 'Move by a page, or to the ends' },
      { keys: ['Enter'], does: 'Open the image' },
      { keys: ['O'], does: 'Show or hide the masks' },
    ],
  },
  {
    title: 'Image viewer',
    keys: [
      { keys: ['←', '→'], does: 'Previous or next image' },
      { keys: ['+', '-', '0', '1'], does: 'Zoom in, out, fit, one pixel to one pixel' },
      { keys: ['Shift', '← → ↑ ↓'], does: 'Pan' },
      { keys: ['O'], does: 'Show or hide the mask' },
      { keys: ['B', 'D', 'F', 'X', 'N'], does: 'Test images: both, drawn, found, difference, none' },
    ],
  },
  {
    title: 'Pairing by hand',
    keys: [{ keys: ['Ctrl', 'Z'], does: 'Take back the last change' }],
  },
  {
    title: 'Plots',
    keys: [
      { keys: ['Tab', '← →'], does: 'Enter the plot, then move from point to point' },
      { keys: ['Enter'], does: 'Take the size, or show the images, of the point' },
      { keys: ['↑', '↓'], does: 'On the goal line: change the goal' },
    ],
  },
];

/** Whether a key is meant for the field that has the focus. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.matches('input:not([type=range], [type=checkbox], [type=radio]), textarea, select')
  );
}

/** Acts on the shortcuts that work in every view of an open project. */
export function onShortcut(event: KeyboardEvent): void {
  if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
  const item = event.altKey && !event.ctrlKey ? SIDEBAR_PLACES[Number(event.key) - 1] : undefined;
  if (item) place.go(item.route);
  else if (event.altKey && event.key.toLowerCase() === 'j') place.jobsOpen = !place.jobsOpen;
  else if (event.key === '?' && !isTyping(event.target)) place.helpOpen = true;
  else if (event.key === 'Escape' && place.jobsOpen) place.jobsOpen = false;
  else return;
  event.preventDefault();
}
