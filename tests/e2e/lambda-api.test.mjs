// SPDX-License-Identifier: Apache-2.0
// The API as a function on DynamoDB: what only shows with comments in a table.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { Bootstrap, answerIn, restEvent } from './support/bootstrap.mjs';
import { DynamoDb } from './support/dynamodb.mjs';
import { RuntimeApi } from './support/runtime-api.mjs';
import { draft } from './support/server.mjs';

const asJson = { 'content-type': 'application/json' };

describe('the API on Lambda', () => {
  let database;
  let runtime;
  let running;
  let table;

  before(async () => { database = await DynamoDb.start(); });
  after(() => database.close());
  beforeEach(async () => {
    runtime = await RuntimeApi.start();
    table = await database.createTable();
  });
  afterEach(async () => {
    await running.stop();
    await runtime.close();
  });

  function start(environment = {}) {
    running = Bootstrap.start(runtime, { AWS_ENDPOINT_URL_DYNAMODB: database.url, PALABRE_TABLE: table, ...environment });
  }
  const ask = async (method, target, options) => answerIn(await runtime.invoke(restEvent(method, target, options)));
  const post = (body, { headers = {}, ...more } = {}) => ask('POST', '/commentaires', { headers: { ...asJson, ...headers }, body, ...more });

  test('is healthy, and says so', async () => {
    start();
    const health = (await ask('GET', '/health')).json();
    assert.equal(health.status, 'ok');
    assert.deepEqual(health.checks, { store: { status: 'ok' } });
  });

  test('is not when its table is gone, and does not say which', async () => {
    start({ PALABRE_TABLE: 'another-table' });
    const health = await ask('GET', '/health');
    assert.equal(health.status, 503);
    assert.doesNotMatch(health.text, /another-table/);
    assert.match(running.err, /health: store: /);
  });

  test('keeps comments from one process to the next', async () => {
    start();
    const posted = await post(draft, { headers: { 'idempotency-key': 'a' } });
    assert.equal(posted.status, 201);
    await running.stop();
    await runtime.untilNobodyAsks();
    start();
    assert.equal((await post(draft, { headers: { 'idempotency-key': 'a' } })).json().id, posted.json().id);
    const list = (await ask('GET', `/commentaires?sectionId=${draft.sectionId}`)).json();
    assert.deepEqual(list.comments.map((one) => one.id), [posted.json().id]);
    // The secret is the same, so the author may still take it back.
    const gone = await ask('DELETE', `/commentaires/${posted.json().id}`, { headers: { 'edit-token': posted.json().editToken } });
    assert.equal(gone.status, 204);
  });

  test('lets in whom the gateway vouches for', async () => {
    start({ PALABRE_POSTING_KEY_REQUIRED: 'true' });
    assert.equal((await post(draft)).status, 401);
    const byKey = { context: { identity: { apiKeyId: 'a1b2c3', apiKey: 'gateway-key-of-20-characters' } } };
    const site = await post(draft, { headers: { 'x-api-key': 'gateway-key-of-20-characters' }, ...byKey });
    assert.equal(site.status, 201);
    assert.equal(site.json().verified, false);
    const claims = (groups) => ({ context: { authorizer: { claims: { sub: '1', 'cognito:username': 'zoe', 'cognito:groups': groups } } } });
    assert.equal((await post({ ...draft, text: 'signed in' }, claims(''))).json().verified, true);
    assert.equal((await ask('GET', '/moderation/audit', claims('readers'))).status, 403);
    const decided = await ask('POST', '/moderation/decisions', {
      headers: asJson, body: { ids: [site.json().id], decision: 'reject' }, ...claims('readers,moderators'),
    });
    assert.equal(decided.status, 200);
    const [last] = (await ask('GET', '/moderation/audit', claims('admins'))).json().audit;
    assert.equal(last.by, 'user:zoe');
  });

  // 33 comments of 100,000 characters, each twice (as written and as HTML): more than 6 MB.
  test('says what to do about a page that Lambda would not take', async () => {
    start({ PALABRE_COMMENTS_TEXT_CHARACTERS: '100000', PALABRE_SERVER_MAX_BODY_KB: '1024' });
    for (let i = 0; i < 33; i += 1) {
      assert.equal((await post({ ...draft, text: `${i}`.padEnd(100_000, 'x') })).status, 201);
    }
    const refused = await ask('GET', `/commentaires?sectionId=${draft.sectionId}&limit=50`);
    assert.equal(refused.status, 500);
    assert.match(refused.json().detail, /Ask for fewer by \?limit=/);
    const fewer = await ask('GET', `/commentaires?sectionId=${draft.sectionId}&limit=10`);
    assert.equal(fewer.json().comments.length, 10);
    assert.deepEqual(runtime.complaints, []);
  });
});
