import type { Route } from '../../state/window/route.svelte.ts';
import type { IconName } from '../controls/iconPaths.ts';

/** The places of the sidebar from top to bottom, which is also the order of their shortcuts; `views` are shown as being there. */
export const SIDEBAR_PLACES: readonly {
  readonly label: string;
  readonly icon: IconName;
  readonly route: Route;
  readonly views: readonly Route['view'][];
}[] = [
  {
    label: 'Datasets',
    icon: 'images',
    route: { view: 'datasets' },
    views: ['datasets', 'dataset', 'compare'],
  },
  { label: 'Compress', icon: 'compress', route: { view: 'compress' }, views: ['compress'] },
  { label: 'Use', icon: 'segment', route: { view: 'use' }, views: ['use'] },
  { label: 'Calibration', icon: 'library', route: { view: 'library' }, views: ['library'] },
  { label: 'Devices', icon: 'device', route: { view: 'devices' }, views: ['devices'] },
  { label: 'Settings', icon: 'settings', route: { view: 'settings' }, views: ['settings'] },
];
