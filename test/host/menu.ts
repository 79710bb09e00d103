import type { MenuItemConstructorOptions } from 'electron';

export class Menu {
  static current: Menu | null = null;
  readonly template: readonly MenuItemConstructorOptions[];

  constructor(template: readonly MenuItemConstructorOptions[]) {
    this.template = template;
  }

  static buildFromTemplate(template: MenuItemConstructorOptions[]): Menu {
    return new Menu(template);
  }

  static setApplicationMenu(menu: Menu | null): void {
    Menu.current = menu;
  }

  /** Clicks the item of that id, as a user or a shortcut would. @returns whether there is one */
  click(id: string): boolean {
    const item = allItems(this.template).find((candidate) => candidate.id === id);
    // The arguments are an item, a window and an event; this program's commands use none of them.
    (item?.click as (() => void) | undefined)?.();
    return item !== undefined;
  }
}

function allItems(items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? allItems(item.submenu) : [])]);
}
