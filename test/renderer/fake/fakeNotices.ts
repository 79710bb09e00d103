import type { Notice } from '#common/licences/notice.ts';

const TERMS =
  'Permission is hereby granted to use this work as one likes, as long as these terms stay with it.';

/** Notices as an installation has them, fewer and with made-up terms. */
export const FAKE_NOTICES: readonly Notice[] = [
  { name: 'CC-Net Workstation', version: '0.1.0', licence: 'MIT', inside: null, text: TERMS },
  { name: 'electron', version: '45.4.1', licence: 'MIT', inside: null, text: TERMS },
  { name: 'sharp', version: '0.35.5', licence: 'Apache-2.0', inside: null, text: TERMS },
  {
    name: 'libvips',
    version: '8.18.7',
    licence: 'LGPL-3.0-or-later',
    inside: 'sharp',
    text: `LGPL\n${TERMS}`,
  },
];
