// SPDX-License-Identifier: Apache-2.0
// The names that the bundles shorten must not be names of the API: JSON would lose them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { mangled } from '../../scripts/names.mjs';

const contract = readFileSync(new URL('../../src/contract.d.ts', import.meta.url), 'utf8');

// The members of a schema that is written as `        Name: { … };` in the generated types.
function membersOf(schema) {
  const start = contract.indexOf(`\n        ${schema}: `);
  assert.ok(start >= 0, `the contract has no ${schema}`);
  const end = contract.indexOf('\n        };', start);
  const names = [...contract.slice(start, end).matchAll(/^\s+(\w+)\??:/gm)].map((match) => match[1]);
  assert.ok(names.length > 1, `${schema} has members`);
  return names.filter((name) => name !== schema);
}

test('what the widget reads and sends keeps its names', () => {
  for (const schema of ['CommentMembers', 'CommentDraft', 'CommentPage', 'Counts', 'Problem', 'FieldError']) {
    for (const name of membersOf(schema)) {
      assert.ok(!mangled.has(name), `${name} of ${schema} would be shortened to ${mangled.get(name)}`);
    }
  }
  for (const name of ['editToken', 'editableUntil']) assert.ok(!mangled.has(name), name);
});

test('no two names are shortened to the same', () => {
  assert.equal(new Set(mangled.values()).size, mangled.size);
});
