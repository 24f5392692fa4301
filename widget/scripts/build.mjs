// SPDX-License-Identifier: Apache-2.0
// Builds dist/palabre.js and fails when it has outgrown its budget.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { bundle } from './bundle.mjs';

// Script and style together, as a server sends them: less than one photograph's thumbnail.
const brotliBytesMax = 8000;

const root = new URL('../', import.meta.url);
const outfile = fileURLToPath(new URL('dist/palabre.js', root));
await bundle({
  entryPoints: [fileURLToPath(new URL('src/define.ts', root))],
  outfile,
  minify: true,
});

const bytes = await readFile(outfile);
const size = brotliCompressSync(bytes, {
  params: {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  },
}).length;
console.log(`dist/palabre.js: ${bytes.length} bytes, ${size} with Brotli (at most ${brotliBytesMax})`);
if (size > brotliBytesMax) {
  console.error(`The widget is ${size - brotliBytesMax} bytes over its budget.`);
  process.exitCode = 1;
}
