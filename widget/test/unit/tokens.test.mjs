// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { load } from '../support/load.mjs';

const { forgetOthers, keepToken, liveTokens } = await load('tokens');
const at = (ms) => new Date(Date.now() + ms).toISOString();

let values;
beforeEach(() => {
  values = new Map();
  globalThis.localStorage = {
    getItem: (name) => values.get(name) ?? null,
    setItem: (name, value) => values.set(name, value),
    removeItem: (name) => values.delete(name),
  };
});
afterEach(() => delete globalThis.localStorage);

test('a token is kept for its API, beside those that are there', () => {
  keepToken('/commentaires', 'a', 'token a', at(60_000));
  keepToken('/commentaires', 'b', 'token b', at(60_000));
  keepToken('https://other.example/commentaires', 'c', 'token c', at(60_000));
  const ids = liveTokens('/commentaires').map(([id, [token]]) => [id, token]);
  assert.deepEqual(ids, [
    ['a', 'token a'],
    ['b', 'token b'],
  ]);
  assert.deepEqual(liveTokens('https://nobody.example/commentaires'), []);
});

test('a token whose time is over does not live, and is forgotten with the last', () => {
  keepToken('/commentaires', 'a', 'token a', at(-1));
  keepToken('/commentaires', 'b', 'token b', at(60_000));
  const live = liveTokens('/commentaires');
  assert.deepEqual(live.map(([id]) => id), ['b']);
  forgetOthers('/commentaires', Object.fromEntries(live));
  assert.doesNotMatch([...values.values()].join(), /token a/);
  forgetOthers('/commentaires', {});
  assert.equal(values.size, 0);
});

test('a browser that keeps nothing has none', () => {
  delete globalThis.localStorage;
  keepToken('/commentaires', 'a', 'token a', at(60_000));
  assert.deepEqual(liveTokens('/commentaires'), []);
});
