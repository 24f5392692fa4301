// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load, textOf } from '../support/load.mjs';

const { fr } = await load('i18n/fr');
const { en } = await load('i18n/en');
const { countText, fieldErrorText, messagesOf, problemText } = await load('i18n/language');
const { relativeTime, fullTime, timeUntil } = await load('time');
const { arrange } = await load('tree');
const contract = await textOf('contract/openapi.yaml');

const keysOf = (value, path = '') =>
  Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'object' ? keysOf(inner, path + key + '.') : [path + key],
  );

test('both languages say the same things, and none is empty', () => {
  assert.deepEqual(keysOf(fr).sort(), keysOf(en).sort());
  const holes = (sentence) => (sentence.match(/\{\w+\}/g) ?? []).join();
  const flat = (messages) => ({ ...messages, ...messages.fields, ...messages.problems });
  for (const [key, sentence] of Object.entries(flat(fr))) {
    if (typeof sentence !== 'string') continue;
    assert.notEqual(sentence, '', key);
    assert.equal(holes(sentence), holes(flat(en)[key]), key);
  }
});

const problems = [...contract.matchAll(/- urn:palabre:problem:([\w-]+)/g)].map(([, name]) => name);
const codes = contract.match(/enum: \[required, [^\]]+/)[0].slice(7).split(', ');

test('every problem of the contract has a sentence in both languages', () => {
  assert.ok(problems.length >= 24);
  for (const problemName of problems) {
    const inFrench = problemText({ problemName, status: 400 }, fr);
    assert.ok(inFrench, problemName);
    assert.notEqual(inFrench, problemText({ problemName, status: 400 }, en));
  }
  for (const { problems: known } of [fr, en]) {
    for (const name of Object.keys(known)) assert.ok(problems.includes(name), name);
  }
  assert.equal(problemText({ problemName: 'store-unavailable', status: 503 }, fr), fr.failed);
  assert.equal(problemText({ problemName: undefined, status: 0 }, fr), fr.failed);
  assert.equal(problemText({ problemName: 'origin-refused', status: 403 }, fr), fr.refused);
});

test('every field code of the contract has a sentence, later ones the server’s', () => {
  for (const code of Object.keys(fr.fields)) assert.ok(codes.includes(code), code);
  for (const code of codes) {
    const error = { field: 'text', code, message: 'From the server.', limit: 10 };
    assert.notEqual(fieldErrorText(error, fr), fieldErrorText(error, en));
    assert.notEqual(fieldErrorText(error, en), error.message);
  }
  assert.equal(fieldErrorText({ code: 'new', message: 'From the server.' }, fr), fr.odd);
  assert.equal(fieldErrorText({ code: 'too-long', message: 'Shorter.' }, fr), 'Shorter.');
  const long = { code: 'too-long', limit: 80, message: '' };
  assert.equal(fieldErrorText(long, fr), 'C’est trop long : 80 caractères au plus.');
});

test('languages', () => {
  for (const tag of ['fr', 'fr-CA', 'FR']) assert.equal(messagesOf(tag).tag, 'fr');
  for (const tag of ['en', 'de', 'frr', '']) assert.equal(messagesOf(tag).tag, 'en');
});

test('counts', () => {
  assert.equal(countText(0, fr), '0 commentaire');
  assert.equal(countText(1, fr), '1 commentaire');
  assert.match(countText(1234, fr), /^1\s234 commentaires$/u);
  assert.equal(countText(0, en), '0 comments');
  assert.equal(countText(1, en), '1 comment');
});

test('a pause is told in minutes, then in hours, and never too short', () => {
  const minute = 60_000;
  assert.equal(timeUntil(1, 'fr'), 'dans 1 minute');
  assert.equal(timeUntil(minute + 1, 'fr'), 'dans 2 minutes');
  assert.equal(timeUntil(99 * minute, 'en'), 'in 99 minutes');
  assert.equal(timeUntil(100 * minute, 'en'), 'in 2 hours');
  assert.equal(timeUntil(24 * 60 * minute, 'fr'), 'dans 24 heures');
});

test('times', () => {
  const now = Date.UTC(2026, 10, 22, 12);
  const minutes = 60_000;
  const cases = [
    [0, 'maintenant'],
    [-5 * minutes, 'maintenant'],
    [59_999, 'maintenant'],
    [1 * minutes, 'il y a 1 minute'],
    [119 * minutes, 'il y a 1 heure'],
    [24 * 60 * minutes, 'hier'],
    [8 * 24 * 60 * minutes, 'la semaine dernière'],
    [60 * 24 * 60 * minutes, 'il y a 2 mois'],
    [800 * 24 * 60 * minutes, 'il y a 2 ans'],
  ];
  for (const [ago, expected] of cases) assert.equal(relativeTime(now - ago, now, 'fr'), expected);
  assert.equal(relativeTime(now - 3 * minutes, now, 'en'), '3 minutes ago');
  assert.match(fullTime(now, 'fr'), /novembre 2026/);
});

const comment = (id, timestamp, parentId) => ({ id, timestamp, ...(parentId && { parentId }) });
const shape = (branches) =>
  branches
    .map(({ comment: { id }, replies, orphan }) => {
      const inner = replies.length ? `(${shape(replies)})` : '';
      return id + (orphan ? '?' : '') + inner;
    })
    .join(' ');

test('conversations newest first, replies oldest first, orphans on top until the parent comes', () => {
  const all = [
    comment('a', '1'),
    comment('b', '2'),
    comment('c', '3', 'a'),
    comment('d', '4', 'a'),
    comment('e', '5', 'c'),
    comment('f', '5'),
  ];
  assert.equal(shape(arrange(all)), 'f b a(c(e) d)');
  assert.equal(shape(arrange([...all].reverse())), 'f b a(c(e) d)');
  assert.equal(shape(arrange(all.slice(2))), 'f d? c?(e)');
  assert.equal(shape(arrange([])), '');
});
