// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load, textOf } from '../support/load.mjs';

const { foldPagePath, foldSection } = await load('page-path');
const table = JSON.parse(await textOf('contract/page-paths.json'));

test('the table is there', () => assert.ok(table.length > 20));

for (const { from, to } of table) {
  test(`${JSON.stringify(from)} is ${to}`, () => assert.equal(foldPagePath(from), to));
}

test('a word stays as it is, a path is folded', () => {
  assert.equal(foldSection('projets'), 'projets');
  assert.equal(foldSection('a.b'), 'a.b');
  assert.equal(foldSection('/blog//x/?a=1'), '/blog/x');
  assert.equal(foldSection('https://a.example/blog/x/'), '/blog/x');
});
