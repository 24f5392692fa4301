// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { contractTypes } from '../../scripts/types.mjs';
import { fromRoot, textOf } from '../support/load.mjs';

test('the types are those of the contract; if not: npm run types', async () => {
  assert.equal(await textOf('widget/src/contract.d.ts'), await contractTypes());
});

test('the lock file names no registry', async () => {
  assert.doesNotMatch(await textOf('widget/package-lock.json'), /"resolved"/);
});

test('no source is longer than 225 lines', async () => {
  for (const name of await readdir(fromRoot('widget/src/'))) {
    if (!/\.(ts|css)$/.test(name) || name === 'contract.d.ts') continue;
    const lines = (await textOf('widget/src/' + name)).split('\n').length - 1;
    assert.ok(lines <= 225, `${name}: ${lines} lines`);
  }
});
