// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import { afterEach, test } from 'node:test';
import { load } from '../support/load.mjs';

const { makeKey, recall, remember, withKey, withScheme } = await load('draft');
const numbered = () => {
  let number = 0;
  return () => `key-${++number}`;
};

afterEach(() => delete globalThis.localStorage);

function storage() {
  const values = new Map();
  return {
    values,
    getItem: (name) => values.get(name) ?? null,
    setItem: (name, value) => values.set(name, value),
    removeItem: (name) => values.delete(name),
  };
}

test('the same content keeps its key, other content gets another', () => {
  const make = numbered();
  const first = withKey({ text: 'a' }, 'content a', make);
  assert.deepEqual(first, { text: 'a', key: 'key-1', content: 'content a' });
  assert.equal(withKey(first, 'content a', make).key, 'key-1');
  const second = withKey({ ...first, text: 'b' }, 'content b', make);
  assert.deepEqual(second, { text: 'b', key: 'key-2', content: 'content b' });
  assert.equal(withKey(second, 'content a', make).key, 'key-3');
});

test('a key is what the contract asks for, with and without HTTPS', () => {
  globalThis.crypto ??= webcrypto;
  const keys = new Set(Array.from({ length: 100 }, () => makeKey()));
  assert.equal(keys.size, 100);
  for (const key of keys) assert.match(key, /^[\x21-\x7e]{7,128}$/);
});

test('what is remembered is recalled, and can be forgotten', () => {
  globalThis.localStorage = storage();
  remember('draft:projets', { text: 'bonjour' });
  assert.deepEqual(recall('draft:projets'), { text: 'bonjour' });
  assert.deepEqual([...localStorage.values.keys()], ['palabre:draft:projets']);
  remember('draft:projets');
  assert.deepEqual(recall('draft:projets'), {});
});

test('a refused, full or spoilt storage is no reason to fail', () => {
  assert.deepEqual(recall('author'), {});
  const refuse = () => {
    throw new Error('refused');
  };
  globalThis.localStorage = { getItem: refuse, setItem: refuse, removeItem: refuse };
  remember('author', { author: 'Zoé' });
  remember('author');
  assert.deepEqual(recall('author'), {});
  globalThis.localStorage = storage();
  for (const spoilt of ['{', 'null', '']) {
    localStorage.values.set('palabre:author', spoilt);
    assert.deepEqual(recall('author'), {});
  }
});

test('an address without a scheme gets one', () => {
  assert.equal(withScheme('example.org'), 'https://example.org');
  assert.equal(withScheme('http://example.org'), 'http://example.org');
  assert.equal(withScheme('mailto:a@example.org'), 'mailto:a@example.org');
  assert.equal(withScheme(''), '');
});
