// SPDX-License-Identifier: Apache-2.0
// Every name that a page's author can use is on the page that documents them.
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { fromRoot, textOf } from '../support/load.mjs';

const page = await textOf('docs/widget.md');
const files = (await readdir(fromRoot('widget/src/'))).filter((name) => name !== 'contract.d.ts');
const sources = await Promise.all(
  files.filter((name) => /\.(ts|css)$/.test(name)).map((name) => textOf('widget/src/' + name)),
);
const source = sources.join('\n');

const all = (pattern) => [...source.matchAll(pattern)].map(([, name]) => name);
const unique = (names) => [...new Set(names)];

const names = {
  attributes: unique(all(/observedAttributes = \[([^\]]+)\]/g).flatMap((list) => list.match(/[\w-]+/g))),
  events: unique(all(/\btell\('([\w-]+)'/g)).map((name) => 'palabre-' + name),
  'CSS properties': unique(all(/var\((--palabre-[\w-]+)/g)),
  parts: unique(
    [...all(/\bpart: '([\w ]+)'/g), ...all(/button\([^)]*?'(\w+)'/g)].flatMap((part) => part.trim().split(' ')),
  ),
};
const least = { attributes: 7, events: 4, 'CSS properties': 10, parts: 17 };

for (const [kind, list] of Object.entries(names)) {
  test(`${kind} are documented`, () => {
    assert.ok(list.length >= least[kind], `only ${list}`);
    for (const name of list) assert.ok(page.includes('`' + name + '`'), `${name} is missing`);
  });
}

test('no CSS property is documented that is not there', () => {
  const told = unique([...page.matchAll(/`(--palabre-[\w-]+)`/g)].map(([, name]) => name));
  assert.deepEqual(told.sort(), [...names['CSS properties']].sort());
});

test('properties and methods are documented', () => {
  for (const name of ['section', 'total', 'reload()']) assert.ok(page.includes('`' + name + '`'), name);
});
