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
      return { contents: css.code.trim(), loader: 'text' };
    });
  },
};

export function bundle(options) {
  return build({
    bundle: true,
    format: 'esm',
    target,
    charset: 'utf8',
    legalComments: 'none',
    plugins: [cssText],
    logLevel: 'warning',
    ...options,
  });
}
