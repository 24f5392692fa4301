// SPDX-License-Identifier: Apache-2.0
// Keys, moderation and changes by authors: the running program, its command line beside it, and
// contract/openapi.yaml.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { breaches } from './support/contract.mjs';
import { Server, draft, program, settingsFree, until } from './support/server.mjs';

const rules = `[posting]
key_required = true
open_sections = ["bilan"]
[moderation]
hold_sections = ["missions"]
blocked_words = ["casino"]
min_seconds = 0`;

let server;
let site;
let moderator;
before(async () => {
  server = await Server.start({ rules });
  site = (await palabre('keys', 'add', 'site')).trim();
  moderator = (await palabre('keys', 'add', 'anna', '--role', 'moderator')).trim();
});
after(() => server.close());

// The program in a terminal, while the server runs. What it prints.
async function palabre(...words) {
  const { stdout } = await promisify(execFile)(program, [...words, '--config', server.config], { env: settingsFree });
  return stdout;
}

function send(method, path, key, body, headers = {}) {
  return fetch(server.http + path, {
    method,
    headers: { ...(key && { 'x-api-key': key }), ...(body && { 'content-type': 'application/json' }), ...headers },
    body: body && JSON.stringify(body),
  });
}

const post = (body, key) => send('POST', '/commentaires', key, { ...draft, ...body });
const page = async (section) => (await server.get(`/commentaires?sectionId=${section}`)).json();
const decide = (decision, ...ids) => send('POST', '/moderation/decisions', moderator, { ids, decision });

// The JSON of an answer that is as the contract has it.
async function answer(promise, path, method, status) {
  const got = await promise;
  assert.equal(got.status, status);
  const copy = got.clone();
  assert.deepEqual(await breaches(got, path, method), []);
  return status === 204 ? undefined : copy.json();
}

test('posting needs a key, but where the owner allows it without', async () => {
  await answer(post({}), '/commentaires', 'post', 401);
  await answer(post({}, 'plb_0000000000_0000000000000000000000000000000000000000'), '/commentaires', 'post', 401);
  await answer(post({}, site), '/commentaires', 'post', 201);
  await answer(post({ sectionId: 'bilan' }), '/commentaires', 'post', 201);
});

test('a revoked key opens nothing, at once', async () => {
  const key = (await palabre('keys', 'add', 'lent')).trim();
  await answer(post({}, key), '/commentaires', 'post', 201);
  await palabre('keys', 'revoke', key.slice(4, 14));
  await answer(post({}, key), '/commentaires', 'post', 401);
});

test('a held comment is nowhere until a moderator lets it through', async () => {
  const held = await answer(post({ sectionId: 'missions' }, site), '/commentaires', 'post', 202);
  assert.deepEqual(await page('missions'), { comments: [], total: 0 });
  assert.equal((await server.get(`/commentaires/${held.id}`)).status, 404);
  const { counts } = await (await server.get('/commentaires/counts?sectionId=missions')).json();
  assert.equal(counts[0].total, 0);
  await answer(post({ sectionId: 'missions', parentId: held.id }, site), '/commentaires', 'post', 404);

  const queue = await answer(send('GET', '/moderation/commentaires?sectionId=missions', moderator), '/moderation/commentaires', 'get', 200);
  assert.deepEqual(queue.comments.map((c) => [c.id, c.status]), [[held.id, 'held']]);
  const { outcomes } = await answer(decide('publish', held.id), '/moderation/decisions', 'post', 200);
  assert.deepEqual(outcomes, [{ id: held.id, found: true, before: 'held', after: 'published' }]);
  assert.equal((await page('missions')).total, 1);
  const history = await answer(send('GET', `/moderation/commentaires/${held.id}`, moderator), '/moderation/commentaires/{id}', 'get', 200);
  assert.deepEqual(history.audit.map((e) => [e.by, e.action]), [['key:anna', 'publish']]);
});

test('what a terminal decides is seen by a running server', async () => {
  const held = await (await post({ text: 'the best casino' }, site)).json();
  assert.match(await palabre('moderate', 'list'), new RegExp(`${held.id}.*\\n.*the word "casino"`));
  await page('projets'); // into the cache
  await palabre('moderate', 'publish', held.id);
  await until(async () => (await page('projets')).comments.some((c) => c.id === held.id), 'the published comment');
});

test('every refusal to somebody who is no moderator', async () => {
  const routes = [
    ['GET', '/moderation/commentaires'], ['GET', '/moderation/audit'],
    ['POST', '/moderation/decisions', { ids: [], decision: 'publish' }],
    ['PUT', '/moderation/sections', { sectionId: 'projets', closed: true }],
  ];
  for (const [method, path, body] of routes) {
    await answer(send(method, path, undefined, body), path, method.toLowerCase(), 401);
    await answer(send(method, path, site, body), path, method.toLowerCase(), 403);
  }
  assert.equal((await page('projets')).closed, undefined);
  await answer(send('GET', '/moderation/commentaires?status=x', moderator), '/moderation/commentaires', 'get', 400);
  await answer(send('POST', '/moderation/decisions', moderator, { ids: [], decision: 'publish' }), '/moderation/decisions', 'post', 422);
});

test('a closed section takes nothing, and says so', async () => {
  const path = '/moderation/sections';
  await answer(send('PUT', path, moderator, { sectionId: 'entreprise', closed: true }), path, 'put', 200);
  assert.equal((await page('entreprise')).closed, true);
  await answer(post({ sectionId: 'entreprise' }, site), '/commentaires', 'post', 403);
  await answer(send('PUT', path, moderator, { sectionId: 'entreprise', closed: false }), path, 'put', 200);
  await answer(post({ sectionId: 'entreprise' }, site), '/commentaires', 'post', 201);
  const { audit } = await answer(send('GET', '/moderation/audit?limit=2', moderator), '/moderation/audit', 'get', 200);
  assert.deepEqual(audit.map((e) => e.action), ['reopen', 'close']);
});

test('authors change and delete their own, and nobody else', async () => {
  const mine = await (await post({ sectionId: 'competences' }, site)).json();
  const path = `/commentaires/${mine.id}`;
  const token = { 'edit-token': mine.editToken };
  await answer(send('PATCH', path, site, { text: 'not mine' }), '/commentaires/{id}', 'patch', 403);
  const edited = await answer(send('PATCH', path, site, { text: '**better**' }, token), '/commentaires/{id}', 'patch', 200);
  assert.equal(edited.html, '<p><strong>better</strong></p>\n');
  assert.ok(edited.editedAt);
  await answer(send('PATCH', path, site, { text: '' }, token), '/commentaires/{id}', 'patch', 422);
  await answer(send('PATCH', path, site, { text: 'a casino' }, token), '/commentaires/{id}', 'patch', 202);
  assert.equal((await page('competences')).total, 0);
  await decide('publish', mine.id);

  const reply = await (await post({ sectionId: 'competences', parentId: mine.id }, site)).json();
  await answer(send('DELETE', path, undefined, undefined, { 'edit-token': reply.editToken }), '/commentaires/{id}', 'delete', 403);
  await answer(send('DELETE', path, undefined, undefined, token), '/commentaires/{id}', 'delete', 204);
  const left = await answer(server.get('/commentaires?sectionId=competences'), '/commentaires', 'get', 200);
  assert.equal(left.total, 1);
  const tombstone = left.comments.find((c) => c.id === mine.id);
  assert.deepEqual([tombstone.deleted, tombstone.author, tombstone.text, tombstone.html], [true, '', '', '']);
  await answer(send('DELETE', `/commentaires/${reply.id}`, undefined, undefined, { 'edit-token': reply.editToken }), '/commentaires/{id}', 'delete', 204);
  assert.deepEqual(await page('competences'), { comments: [], total: 0 });
});

test('a token outlives a restart, and a decision does', async () => {
  const mine = await (await post({ sectionId: 'entreprise', text: 'before the restart' }, site)).json();
  await server.restart();
  const changed = await send('PATCH', `/commentaires/${mine.id}`, site, { text: 'after it' }, { 'edit-token': mine.editToken });
  assert.equal(changed.status, 200);
  const { audit } = await (await send('GET', '/moderation/audit', moderator)).json();
  assert.ok(audit.some((e) => e.by === 'author' && e.action === 'delete'));
});
