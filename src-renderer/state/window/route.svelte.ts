export type Route =
  | { readonly view: 'datasets' }
  | { readonly view: 'dataset'; readonly id: number; readonly tab: 'images' | 'measures' | 'findings' }
  | { readonly view: 'compare'; readonly first: number | null; readonly second: number | null }
  | { readonly view: 'compress' }
  | { readonly view: 'use' }
  | { readonly view: 'library' }
  | { readonly view: 'devices' }
  | { readonly view: 'settings' };

/** Where the user is, and which panels lie over it. */
class Place {
  route = $state.raw<Route>({ view: 'datasets' });
  jobsOpen = $state(false);
  helpOpen = $state(false);
  noticesOpen = $state(false);

  go(route: Route): void {
    this.route = route;
  }
}

export const place = new Place();
