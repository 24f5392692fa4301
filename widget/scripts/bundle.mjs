// SPDX-License-Identifier: Apache-2.0
// How the sources become one file: used by the build and by the unit tests.
import { readFile } from 'node:fs/promises';
import { build, transform } from 'esbuild';

// Browsers from the middle of 2024 on, which have light-dark() and AbortSignal.any.
const target = ['chrome123', 'firefox124', 'safari17.5'];

// A style sheet is imported as its minified text.
const cssText = {
  name: 'css-text',
  setup(builder) {
    builder.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      // light-dark() must reach the browser as written, hence no target here.
      const css = await transform(await readFile(path, 'utf8'), { loader: 'css', minify: true });
      return { contents: shortened(css.code.trim()), loader: 'text' };
    });
  },
};

// Properties that begin with --_ are ours alone. The minifier leaves them and the spaces in them.
function shortened(css) {
  const names = [...new Set(css.match(/--_[\w-]+/g))];
  return css
    .replace(/--_[\w-]+/g, (name) => '--' + String.fromCharCode(112 + names.indexOf(name)))
    .replace(/(?<=--[\w-]+[:,]|\),|#\w{3,6},) (?=[\w#.])/g, '');
}

// The second file is asked for by its address, not bundled into the first.
const ownElsewhere = (address) => ({
  name: 'own-elsewhere',
  setup(builder) {
    builder.onResolve({ filter: /\/own\.js$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: address, external: true } : undefined,
    );
  },
});

export function bundle({ ownAddress = './palabre-own.js', ...options }) {
  return build({
    bundle: true,
    format: 'esm',
    target,
    charset: 'utf8',
    legalComments: 'none',
    plugins: [cssText, ownElsewhere(ownAddress)],
    logLevel: 'warning',
    ...options,
  });
}
