/** A suggestion is a name: the dialog must not begin in a folder of the page's choice. */
export const fileName = (suggestion: string): string =>
  suggestion.replace(/[\\/:*?"<>|\u0000-\u001f]/g, '-').replace(/^\.+/, '') || 'untitled';
