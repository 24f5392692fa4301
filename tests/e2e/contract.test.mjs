// SPDX-License-Identifier: Apache-2.0
// Real answers of the running program against contract/openapi.yaml.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { breaches, contract } from './support/contract.mjs';
import { Server, draft } from './support/server.mjs';

let server;
before(async () => { server = await Server.start(); });
after(() => server.close());

const comments = '/commentaires';

async function keeps(promise, path, method, status) {
  const answer = await promise;
  assert.equal(answer.status, status);
  assert.deepEqual(await breaches(answer, path, method), []);
}

test('every answer to posting', async () => {
  const other = { ...draft, website: 'https://ines.example/', extra: 'ignored' };
  await keeps(server.post(other, { 'idempotency-key': 'contract-1' }), comments, 'post', 201);
  await keeps(server.post(draft, { 'idempotency-key': 'contract-1' }), comments, 'post', 409);
  const parent = await (await server.post(draft)).json();
  await keeps(server.post({ ...draft, parentId: parent.id }), comments, 'post', 201);
  await keeps(server.post('{'), comments, 'post', 400);
  await keeps(server.post({ author: '', website: 'x', parentId: 'y' }), comments, 'post', 422);
  await keeps(server.post({ ...draft, text: 'x'.repeat(10_001) }), comments, 'post', 422);
  await keeps(server.post({ ...draft, parentId: '017f22e2-79b0-7cc3-98c4-dc0c0c07398f' }), comments, 'post', 404);
  await keeps(server.post(draft, { 'content-type': 'text/plain' }), comments, 'post', 415);
  await keeps(server.post({ ...draft, text: 'x'.repeat(70_000) }), comments, 'post', 413);
  await keeps(server.post(draft, { origin: 'https://evil.example' }), comments, 'post', 403);
  await keeps(server.post(draft, { 'idempotency-key': 'x'.repeat(129) }), comments, 'post', 400);
});

test('every answer to reading', async () => {
  await keeps(server.get('/commentaires?sectionId=projets'), comments, 'get', 200);
  await keeps(server.get('/commentaires?sectionId=projets&limit=1'), comments, 'get', 200);
  await keeps(server.get('/commentaires?sectionId=vide'), comments, 'get', 200);
  await keeps(server.get('/commentaires'), comments, 'get', 400);
  const first = await server.get('/commentaires?sectionId=projets');
  await keeps(server.get('/commentaires?sectionId=projets', { 'if-none-match': first.headers.get('etag') }), comments, 'get', 304);
  const { comments: [newest] } = await first.json();
  await keeps(server.get(`/commentaires/${newest.id}`), '/commentaires/{id}', 'get', 200);
  await keeps(server.get('/commentaires/absent'), '/commentaires/{id}', 'get', 404);
});

test('a post too many, and a preview that is none', async () => {
  const hasty = await Server.start({ limits: 'posts_per_minute = 1\nposts_burst = 1' });
  try {
    await keeps(hasty.post(draft), comments, 'post', 201);
    await keeps(hasty.post(draft), comments, 'post', 429);
  } finally { await hasty.close(); }
  const preview = (body, type = 'application/json') => fetch(`${server.http}/commentaires/preview`, {
    method: 'POST', headers: { 'content-type': type }, body,
  });
  await keeps(preview('{"text":"a"}', 'text/plain'), '/commentaires/preview', 'post', 415);
  await keeps(preview(JSON.stringify({ text: 'x'.repeat(70_000) })), '/commentaires/preview', 'post', 413);
  await keeps(server.get('/openapi.json'), '/openapi.json', 'get', 200);
});

test('counts, preview, health and the contract itself', async () => {
  await keeps(server.get('/commentaires/counts?sectionId=projets&sectionId=bilan'), '/commentaires/counts', 'get', 200);
  await keeps(server.get('/commentaires/counts'), '/commentaires/counts', 'get', 400);
  const preview = (body) => fetch(`${server.http}/commentaires/preview`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body,
  });
  await keeps(preview('{"text":"*a*"}'), '/commentaires/preview', 'post', 200);
  await keeps(preview('{"text":""}'), '/commentaires/preview', 'post', 422);
  await keeps(preview('text'), '/commentaires/preview', 'post', 400);
  await keeps(server.get('/health'), '/health', 'get', 200);
  assert.deepEqual(await (await server.get('/openapi.json')).json(), contract);
});

test('HEAD says what GET says, without the body', async () => {
  for (const path of ['/commentaires?sectionId=projets', '/health', '/']) {
    const get = await server.get(path);
    const head = await fetch(server.http + path, { method: 'HEAD' });
    assert.equal(head.status, get.status);
    assert.equal(head.headers.get('content-type'), get.headers.get('content-type'));
    assert.equal(await head.text(), '');
  }
});
