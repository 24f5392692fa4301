// SPDX-License-Identifier: Apache-2.0
// The TypeScript sources as modules that Node can run.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundle } from '../../scripts/bundle.mjs';

export const fromRoot = (path) => new URL('../../../' + path, import.meta.url);
export const textOf = (path) => readFile(fromRoot(path), 'utf8');

export async function load(name) {
  const entry = fileURLToPath(fromRoot(`widget/src/${name}.ts`));
  const { outputFiles } = await bundle({ entryPoints: [entry], write: false });
  return import('data:text/javascript,' + encodeURIComponent(outputFiles[0].text));
}
