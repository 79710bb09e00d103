import { standardText } from './standardText.ts';

const GOOGLE = ['Copyright 2017-2024 Google LLC. All rights reserved.'];
const MICROSOFT = ['Copyright (c) Microsoft Corporation. All rights reserved.'];

/**
 * Terms of packages whose authors put no licence file into them. Who holds the copyright is in the heads of their files.
 * A new dependency without a file fails the build until it is written here.
 */
const TERMS: Readonly<Record<string, { licences: readonly string[]; copyright: readonly string[] }>> = {
  '@cornerstonejs/codec-openjpeg': { licences: ['MIT'], copyright: ['Copyright (c) 2020 Chris Hafey'] },
  '@tensorflow/tfjs-backend-cpu': { licences: ['Apache-2.0'], copyright: GOOGLE },
  '@tensorflow/tfjs-backend-wasm': { licences: ['Apache-2.0'], copyright: GOOGLE },
  '@tensorflow/tfjs-core': { licences: ['Apache-2.0'], copyright: GOOGLE },
  '@tensorflow/tfjs-layers': { licences: ['Apache-2.0', 'MIT'], copyright: GOOGLE },
  '@tensorflow/tfjs-node-gpu': { licences: ['Apache-2.0'], copyright: GOOGLE },
  'onnxruntime-common': { licences: ['MIT'], copyright: MICROSOFT },
  'onnxruntime-web': { licences: ['MIT'], copyright: MICROSOFT },
  seedrandom: { licences: ['MIT'], copyright: ['Copyright 2019 David Bau.'] },
};

/** Terms of a package without a licence file, or null when nobody wrote them down here. */
export function missingText(name: string): string | null {
  if (name.startsWith('@img/sharp-libvips-')) return standardText(['LGPL-3.0-or-later'], LIBVIPS);
  const terms = TERMS[name];
  return terms ? standardText(terms.licences, terms.copyright) : null;
}

const LIBVIPS = [
  'Builds of libvips and the libraries that it uses, put together by Lovell Fuller and others.',
  'Each library is listed by itself, with its own terms.',
];
