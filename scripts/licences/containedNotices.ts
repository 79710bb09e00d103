import { readFileSync } from 'node:fs';
import type { Notice } from '#common/licences/notice.ts';
import type { InstalledPackage } from './installedPackage.ts';
import { libvipsNotices } from './libvipsNotices.ts';
import { standardText } from './standardText.ts';

const EMSCRIPTEN = ['Copyright (c) 2010-2026 Emscripten authors'];
const GEORGIA_TECH = 'Copyright (c) 2012-2017 Georgia Institute of Technology';

/** What is compiled into TensorFlow.js's WebAssembly file. */
const IN_TFJS_WASM = [
  [
    'XNNPACK',
    'BSD-3-Clause',
    ['Copyright (c) Facebook, Inc. and its affiliates. All rights reserved.', 'Copyright 2019 Google LLC'],
  ],
  [
    'pthreadpool',
    'BSD-2-Clause',
    ['Copyright 2019 Google LLC', 'Copyright (c) 2017 Facebook Inc.', GEORGIA_TECH],
  ],
  [
    'cpuinfo',
    'BSD-2-Clause',
    ['Copyright (c) 2017 Facebook Inc.', GEORGIA_TECH, 'Copyright (c) 2010-2012 Marat Dukhan'],
  ],
  ['FP16', 'MIT', ['Copyright (c) 2017 Facebook Inc.', GEORGIA_TECH]],
  ['FXdiv', 'MIT', ['Copyright (c) 2017 Facebook Inc.', 'Copyright (c) 2016-2017 Marat Dukhan']],
  ['Emscripten', 'MIT', EMSCRIPTEN],
  ['musl', 'MIT', ['Copyright © 2005-2020 Rich Felker, et al.']],
] as const;

/** What is compiled into the WebAssembly files that unpack DICOM, beside what every such file has. Source: the heads of their files. */
const IN_CODECS: Readonly<Record<string, readonly (readonly [string, string, readonly string[]])[]>> = {
  '@cornerstonejs/codec-charls': [['CharLS', 'BSD-3-Clause', ['Copyright (c) 2007-2021 Team CharLS']]],
  '@cornerstonejs/codec-openjpeg': [
    [
      'OpenJPEG',
      'BSD-2-Clause',
      [
        'Copyright (c) 2002-2014, Universite catholique de Louvain (UCL), Belgium',
        'Copyright (c) 2002-2014, Professor Benoit Macq',
        'Copyright (c) 2003-2014, Antonin Descampe',
        'Copyright (c) 2003-2009, Francois-Olivier Devaux',
        'Copyright (c) 2005, Herve Drolon, FreeImage Team',
        'Copyright (c) 2002-2003, Yannick Verschueren',
        'Copyright (c) 2001-2003, David Janssens',
        "Copyright (c) 2011-2012, Centre National d'Etudes Spatiales (CNES), France",
        "Copyright (c) 2012, CS Systemes d'Information, France",
      ],
    ],
  ],
};
const IN_EVERY_CODEC = [
  ['Emscripten', 'MIT', EMSCRIPTEN],
  ['musl', 'MIT', ['Copyright © 2005-2020 Rich Felker, et al.']],
] as const;

/** What is in a package's compiled files beside the package's own work, or in files that its authors put into it from elsewhere. */
export function containedNotices(packed: InstalledPackage): Notice[] {
  const { name, version } = packed;
  if (name.startsWith('@img/sharp-')) return hasLibvips(packed) ? libvipsNotices(packed) : [];
  switch (name) {
    case 'better-sqlite3':
      return [
        {
          name: 'SQLite',
          version: null,
          licence: 'blessing',
          inside: name,
          text: standardText(
            ['blessing'],
            ['SQLite is in the public domain: its authors claim no copyright.'],
          ),
        },
      ];
    case '@tensorflow/tfjs-backend-wasm':
      return IN_TFJS_WASM.map(([library, licence, copyright]) => ({
        name: library,
        version: null,
        licence,
        inside: name,
        text: standardText([licence], copyright),
      }));
    case '@cornerstonejs/codec-charls':
    case '@cornerstonejs/codec-openjpeg':
      return [...(IN_CODECS[name] ?? []), ...IN_EVERY_CODEC].map(([library, licence, copyright]) => ({
        name: library,
        version: null,
        licence,
        inside: name,
        text: standardText([licence], copyright),
      }));
    case 'onnxruntime-web':
      return [
        {
          name: 'Third-party works in ONNX Runtime',
          version,
          licence: 'various',
          inside: name,
          text: onnxruntimeText(version),
        },
      ];
    default:
      return [];
  }
}

/** On Windows libvips lies in the same package as sharp's binding, elsewhere in one of its own. */
const hasLibvips = ({ name }: InstalledPackage): boolean => /^@img\/sharp-(libvips|win32)-/.test(name);

/** The authors' own list, which their package for Node and the web leaves out. It is that of one version. */
function onnxruntimeText(version: string): string {
  const path = new URL(`onnxruntime-${version}.txt`, import.meta.url);
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    throw new Error(
      `The third-party notices of ONNX Runtime ${version} are missing: put ThirdPartyNotices.txt of that release (it is in the ` +
        `wheel "onnxruntime" for Python) to scripts/licences/onnxruntime-${version}.txt, in the place of the older one.`,
    );
  }
}

/** Headers that are compiled into our addon. */
export const COMPILED_HEADERS = ['node_modules/node-addon-api', 'node_modules/node-api-headers'] as const;

/** The addon's place in an installation. */
export const ADDON = 'native/build/ccnet.node';
