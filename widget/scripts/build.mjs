// SPDX-License-Identifier: Apache-2.0
// Builds dist/palabre.js and dist/palabre-own.js, and fails when one has outgrown its budget.
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { minify } from 'terser';
import { bundle } from './bundle.mjs';
import { mangled } from './names.mjs';

// Script and style together, as a server sends them: less than one photograph's thumbnail.
const brotliBytesMax = 8000;

// Loaded only by who has just written a comment.
const ownBrotliBytesMax = 2000;

const root = new URL('../', import.meta.url);
const pathOf = (name) => fileURLToPath(new URL(name, root));

// Builds one file and gives its bytes.
async function make(name, entry, budget, more = {}) {
  const { outputFiles } = await bundle({
    entryPoints: [pathOf(entry)],
    write: false,
    minify: true,
    mangleProps: new RegExp(`^(${[...mangled.keys()].join('|')})$`),
    mangleCache: Object.fromEntries(mangled),
    ...more,
  });
  // A second minifier takes 3 % more off.
  const { code } = await minify(outputFiles[0].text, {
    module: true,
    ecma: 2022,
    compress: { passes: 4, inline: 1, unsafe_arrows: true, pure_getters: true },
  });
  const bytes = Buffer.from(code);
  await mkdir(pathOf('dist'), { recursive: true });
  await writeFile(pathOf('dist/' + name), bytes);
  const size = brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  }).length;
  console.log(`dist/${name}: ${bytes.length} bytes, ${size} with Brotli (at most ${budget})`);
  if (size > budget) {
    console.error(`${name} is ${size - budget} bytes over its budget.`);
    process.exitCode = 1;
  }
  return bytes;
}

const own = await make('palabre-own.js', 'src/own.ts', ownBrotliBytesMax);

// The first file names the second by its content, so that no cache can give it another one's.
const version = createHash('sha256').update(own).digest('hex').slice(0, 10);
await make('palabre.js', 'src/define.ts', brotliBytesMax, {
  ownAddress: `./palabre-own.js?v=${version}`,
});
