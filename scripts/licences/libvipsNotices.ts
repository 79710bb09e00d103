import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Notice } from '#common/licences/notice.ts';
import { root } from '../packaging/packHere.ts';
import type { InstalledPackage } from './installedPackage.ts';
import { standardText } from './standardText.ts';

/** Principal holders of the copyright of what is in a build of libvips. */
const COPYRIGHT: Readonly<Record<string, readonly string[]>> = {
  aom: ['Copyright (c) 2016-2026, Alliance for Open Media'],
  cairo: [
    'Copyright 2002, 2003 University of Southern California, Information Sciences Institute',
    'Copyright 2000, 2002, 2004, 2005 Keith Packard',
    'Copyright 2004-2010 Red Hat, Inc.',
  ],
  cgif: ['Copyright (c) 2021-2026 Daniel Löbl'],
  expat: [
    'Copyright (c) 1998-2000 Thai Open Source Software Center Ltd and Clark Cooper',
    'Copyright (c) 2001-2026 Expat maintainers',
  ],
  fontconfig: ['Copyright © 2000-2007 Keith Packard', 'Copyright © 2005 Patrick Lam'],
  freetype: ['Copyright 1996-2026 David Turner, Robert Wilhelm, and Werner Lemberg'],
  fribidi: ['Copyright 1999, 2000, 2017 Dov Grobgeld', 'Copyright 2001-2019 Behdad Esfahbod'],
  glib: ['Copyright 1995-2026 the GLib team, Red Hat, Inc. and others'],
  harfbuzz: ['Copyright © 2010-2026 Google, Inc.', 'Copyright © 2005-2026 Behdad Esfahbod and others'],
  highway: ['Copyright 2019-2026 Google LLC'],
  lcms: ['Copyright (c) 1998-2026 Marti Maria Saguer'],
  libarchive: ['Copyright (c) 2003-2018 Tim Kientzle and others'],
  libexif: ['Copyright 2001-2009 Lutz Müller and others'],
  libffi: ['Copyright (c) 1996-2026 Anthony Green, Red Hat, Inc. and others'],
  libheif: ['Copyright 2017-2026 struktur AG, Dirk Farin'],
  libimagequant: [
    'Copyright (c) 1989, 1991 Jef Poskanzer',
    'Copyright (c) 1997-2002 Greg Roelofs',
    'Copyright (c) 2009-2018 Kornel Lesiński',
  ],
  libnsgif: ['Copyright 2004 Richard Wilson', 'Copyright 2008 Sean Fox', 'Copyright 2013-2022 Michael Drake'],
  libpng: [
    'Copyright (c) 1995-2026 The PNG Reference Library Authors',
    'Copyright (c) 2018-2026 Cosmin Truta',
    'Copyright (c) 1998-2018 Glenn Randers-Pehrson',
  ],
  librsvg: ['Copyright 2000-2026 the librsvg authors'],
  libtiff: ['Copyright © 1988-1997 Sam Leffler', 'Copyright © 1991-1997 Silicon Graphics, Inc.'],
  libultrahdr: ['Copyright 2022-2026 The Android Open Source Project'],
  libvips: ['Copyright 1990-2026 John Cupitt and others'],
  libwebp: ['Copyright (c) 2010, Google Inc. All rights reserved.'],
  libxml2: ['Copyright (c) 1998-2012 Daniel Veillard and others'],
  mozjpeg: [
    'Copyright (c) 2009-2026 D. R. Commander',
    'Copyright (c) 1991-2020 Thomas G. Lane, Guido Vollbeding',
    'Copyright (c) 2014-2026 Mozilla Corporation',
    'This software is based in part on the work of the Independent JPEG Group.',
  ],
  pango: ['Copyright 1999-2026 Red Hat, Inc. and others'],
  pixman: [
    'Copyright 1987-1998 The Open Group',
    'Copyright 1987-1989 Digital Equipment Corporation',
    'Copyright 2000-2008 Keith Packard',
    'Copyright 2004-2010 Red Hat, Inc.',
  ],
  'proxy-libintl': ['Copyright 2008 Tor Lillqvist'],
  'zlib-ng': ['Copyright (c) 1995-2024 Jean-loup Gailly and Mark Adler'],
};

/** How the list of libraries words a licence, and what it is in the SPDX list. */
const WORDED: readonly (readonly [RegExp, string])[] = [
  [/BSD[- ]2-Clause/i, 'BSD-2-Clause'],
  [/(BSD[- ]3-Clause|New BSD)/i, 'BSD-3-Clause'],
  [/Apache-2\.0/i, 'Apache-2.0'],
  [/Mozilla Public License 1\.1/i, 'MPL-1.1'],
  [/Mozilla Public License 2\.0/i, 'MPL-2.0'],
  [/MIT Licen[cs]e/i, 'MIT'],
  [/LGPLv3/i, 'LGPL-3.0-or-later'],
  [/fontconfig Licen[cs]e/i, 'HPND-sell-variant'],
  [/freetype Licen[cs]e/i, 'FTL'],
  [/libpng Licen[cs]e/i, 'libpng-2.0'],
  [/libtiff Licen[cs]e/i, 'libtiff'],
  [/zlib Licen[cs]e/i, 'Zlib'],
  [/IJG Licen[cs]e/i, 'IJG'],
];

const ROW = /^\| *([a-z][\w-]*) *\| *([^|]*\w[^|]*?) *\|$/gm;

/**
 * One notice per library that is in a build of libvips, from the list that comes with it.
 * @throws Error for a library or licence that is not known here, or when the list cannot be found
 */
export function libvipsNotices({ name, folder }: InstalledPackage): Notice[] {
  const versions = JSON.parse(readFileSync(join(root, folder, 'versions.json'), 'utf8')) as Readonly<
    Record<string, string>
  >;
  const rows = [...readFileSync(join(root, folder, 'README.md'), 'utf8').matchAll(ROW)];
  if (rows.length === 0) throw new Error(`${folder}/README.md does not list the libraries in it any more.`);
  return rows.map(([, library = '', words = '']) => {
    const copyright = COPYRIGHT[library];
    const ids = WORDED.filter(([worded]) => worded.test(words)).map(([, id]) => id);
    if (!copyright || ids.length === 0) {
      throw new Error(
        `${folder} contains ${library} under "${words}": write both into scripts/licences/libvipsNotices.ts.`,
      );
    }
    return {
      name: library,
      version: versions[library] ?? versions[library.replace(/^lib/, '')] ?? null,
      licence: ids.join(' AND '),
      inside: name,
      text: standardText(ids, [...copyright, `As listed with ${name}: ${words}`]),
    };
  });
}
