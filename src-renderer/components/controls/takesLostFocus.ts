import { tick } from 'svelte';

/**
 * For what appears in place of the control that was used: focus that went with it goes here, so that who uses the keyboard or a screen reader
 * is not thrown back to the beginning. The element needs `tabindex="-1"`.
 */
export function takesLostFocus(element: HTMLElement): void {
  void tick().then(() => {
    if (document.activeElement === document.body) element.focus({ preventScroll: true });
  });
}
