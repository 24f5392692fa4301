// SPDX-License-Identifier: Apache-2.0
// The real bootstrap against a Runtime API that follows the contract, and against one that does not.
// Nothing here needs a database: what is asked is answered without one.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { Bootstrap, answerIn, httpEvent, restEvent } from './support/bootstrap.mjs';
import { RuntimeApi } from './support/runtime-api.mjs';
import { sourceRoot } from './support/server.mjs';

// Silence of seconds, or of whatever time somebody wants to see; between two events it is hours.
const silenceMs = Number(process.env.E2E_SILENCE_MS ?? 1_500);

const asJson = { 'content-type': 'application/json' };
const preview = (text) => restEvent('POST', '/commentaires/preview', { headers: asJson, body: { text } });

// A port where nobody listens: the database is away.
async function closedPort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

let runtime;
let running;

async function start(environment = {}) {
  running = Bootstrap.start(runtime, { AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${await closedPort()}`, ...environment });
  return running;
}

// Shows that the function is well.
async function previews(text) {
  const answer = answerIn(await runtime.invoke(preview(text)));
  assert.equal(answer.status, 200);
  assert.equal(answer.json().html, `<p>${text}</p>\n`);
}

beforeEach(async () => { runtime = await RuntimeApi.start(); });
afterEach(async () => {
  await running?.stop();
  running = undefined;
  await runtime.close();
});

describe('a function that starts', () => {
  test('asks for its first event although the database is away', async () => {
    await start();
    await runtime.untilAsked();
    assert.deepEqual(runtime.initErrors, []);
    await previews('Bonjour');
  });

  test('connects to the database before it asks', async () => {
    let connectedAt;
    const database = createServer((socket) => {
      connectedAt ??= performance.now();
      socket.on('error', () => {});
    }).listen(0, '127.0.0.1');
    await once(database, 'listening');
    await start({ AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${database.address().port}` });
    await runtime.untilAsked();
    assert.ok(connectedAt < runtime.firstNextAt, `${connectedAt} and ${runtime.firstNextAt}`);
    await running.stop();
    database.close();
  });

  test('says in one line that Lambda did not start it', async () => {
    running = Bootstrap.start(undefined);
    assert.notEqual(await running.exited(), 0);
    assert.match(running.err, /^palabre: AWS_LAMBDA_RUNTIME_API is not set.*\n$/);
    assert.equal(running.out, '');
  });

  test('says what is no address of the Runtime API', async () => {
    running = Bootstrap.start(undefined, { AWS_LAMBDA_RUNTIME_API: 'nowhere:x' });
    assert.equal(await running.exited(), 1);
    assert.match(running.err, /^palabre: .*AWS_LAMBDA_RUNTIME_API.*\n$/);
  });

  test('tells Lambda that its handler is not known, and the owner which are', async () => {
    await start({ _HANDLER: 'café😀' });
    assert.equal(await running.exited(), 1);
    assert.equal(runtime.initErrors.length, 1);
    assert.equal(runtime.initErrors[0].type, 'Runtime.ConfigInvalid');
    const told = JSON.parse(runtime.initErrors[0].body);
    assert.deepEqual(Object.keys(told).sort(), ['errorMessage', 'errorType', 'stackTrace']);
    assert.match(told.errorMessage, /log says why/);
    assert.match(running.err, /the handler of this function is "café😀"; set it to one of: api/);
    assert.equal(runtime.firstNextAt, undefined);
  });

  test('tells every mistake in its settings, to the log alone', async () => {
    await start({ PALABRE_MODERATION_LINKS_MAX: 'plein', PALABRE_SERVER_HTTP: '127.0.0.1:80', PALABRE_EDIT_SECRET: undefined });
    assert.equal(await running.exited(), 1);
    assert.equal(runtime.initErrors[0].type, 'Runtime.ConfigInvalid');
    assert.doesNotMatch(runtime.initErrors[0].body, /plein|127\.0\.0\.1/);
    assert.match(running.err, /^palabre: .*PALABRE_MODERATION_LINKS_MAX cannot be "plein"/m);
    assert.match(running.err, /^palabre: PALABRE_SERVER_HTTP is a setting of the server: in a function, API Gateway/m);
    assert.match(running.err, /^palabre: there is no PALABRE_EDIT_SECRET: set it to at least 32 random bytes/m);
  });

  test('says which variable of AWS is missing', async () => {
    await start({ AWS_REGION: undefined });
    assert.equal(await running.exited(), 1);
    assert.equal(runtime.initErrors[0].type, 'Runtime.StartFailed');
    assert.match(running.err, /AWS_REGION/);
  });
});

describe('a Runtime API that misbehaves', () => {
  test('leaves out every header that it may', async () => {
    runtime.faults.bare = true;
    await start();
    await previews('sans Content-Type');
    await previews('ni échéance');
  });

  test('sends everything a byte at a time', async () => {
    runtime.faults.pieces = true;
    await start();
    await previews('par morceaux');
    await previews('encore');
  });

  test('closes the connection after each call', async () => {
    runtime.faults.closes = true;
    await start();
    for (const text of ['un', 'deux', 'trois']) await previews(text);
    assert.ok(runtime.connections >= 4, `${runtime.connections} connections`);
    assert.deepEqual(runtime.complaints, []);
  });

  test('keeps one connection when it may', async () => {
    await start();
    for (const text of ['un', 'deux', 'trois']) await previews(text);
    assert.equal(runtime.connections, 1);
  });

  test('is silent for long', async () => {
    runtime.faults.silenceMs = silenceMs;
    await start();
    await previews('enfin');
  });

  test('finds the answer too large', async () => {
    runtime.faults.answerStatus = [413];
    await start();
    assert.equal((await runtime.invoke(preview('x'))).status, 413);
    await previews('ensuite');
    assert.deepEqual(runtime.complaints, [], 'no /error after 413');
    assert.match(running.err, /answer was larger than Lambda takes/);
  });

  test('refuses an answer as too late, or for another invocation', async () => {
    runtime.faults.answerStatus = [403, 400];
    await start();
    assert.equal((await runtime.invoke(preview('x'))).status, 403);
    assert.equal((await runtime.invoke(preview('x'))).status, 400);
    await previews('ensuite');
    assert.match(running.err, /invocation [0-9a-f-]{36}: Lambda did not take the answer/);
  });

  test('says that the container is broken', async () => {
    runtime.faults.answerStatus = [500];
    await start();
    await runtime.invoke(preview('x'));
    assert.equal(await running.exited(), 1);
    assert.match(running.err, /answered 500/);
    assert.deepEqual(runtime.initErrors, [], 'it had started');
  });

  for (const status of [403, 500]) {
    test(`gives no event but ${status}`, async () => {
      runtime.faults.nextStatus = [status];
      await start();
      assert.equal(await running.exited(), 1);
      assert.match(running.err, new RegExp(`no event: the Runtime API answered ${status}`));
      assert.deepEqual(runtime.initErrors, []);
    });
  }

  test('hands over an event of 6 MB', async () => {
    await start();
    const event = preview('x'.repeat(6 * 1024 * 1024 - 2_000));
    assert.equal(answerIn(await runtime.invoke(event)).status, 413);
    await previews('petit');
  });

  test('is gone', async () => {
    await start();
    await runtime.untilAsked();
    await runtime.close();
    assert.equal(await running.exited(), 1);
    runtime = await RuntimeApi.start();
  });
});

describe('an event', () => {
  test('that is no request fails, and the next one is answered', async () => {
    await start();
    for (const event of ['{"source":"aws.events","detail":{"é":"😀"}}', 'null', '[]', 'é', '{"httpMethod":"GET","path":', '']) {
      const failed = await runtime.invoke(event);
      assert.equal(failed.kind, 'error', event);
      assert.equal(failed.headers['lambda-runtime-function-error-type'], 'Function.Exception');
      assert.equal(JSON.parse(failed.body).errorType, 'Function.Exception');
    }
    await previews('après');
    assert.match(running.err, /palabre: invocation [0-9a-f-]{36}: the function failed: the event/);
  });

  test('leaves two lines in the log: what was asked, and the metrics of it', async () => {
    await start();
    const event = restEvent('GET', '/openapi.json', { context: { requestId: 'request-1' } });
    const answer = await runtime.invoke(event);
    const [line, metrics] = await running.logLines(2);
    assert.deepEqual(Object.keys(line), [
      'time', 'request_id', 'method', 'route', 'status', 'bytes', 'duration_us', 'function_request_id', 'xray_trace_id',
    ]);
    assert.equal(line.request_id, 'request-1');
    assert.equal(line.route, 'GET /openapi.json');
    assert.equal(line.status, 200);
    assert.equal(line.bytes, Buffer.byteLength(answerIn(answer).text));
    assert.equal(line.function_request_id, answer.id);
    assert.equal(line.xray_trace_id, '1-5759e988-bd862e3fe1be46a994272793');
    assert.equal(answerIn(answer).headers['x-request-id'], 'request-1');
    assert.equal(metrics.Route, 'GET /openapi.json');
    assert.equal(metrics.ColdStart, 1);
    assert.ok(metrics.RemainingTime > 9_000 && metrics.RemainingTime <= 10_000);
    await runtime.invoke(event);
    assert.equal((await running.logLines(4))[3].ColdStart, undefined);
  });

  test('that begins with too little time is answered at once', async () => {
    await start();
    const list = restEvent('GET', '/commentaires?sectionId=projets');
    const answer = answerIn(await runtime.invoke(list, { deadlineMs: 200 }));
    assert.equal(answer.status, 503);
    assert.match(answer.json().detail, /no time left/);
    assert.equal(answer.headers['retry-after'], '1');
  });

  test('whose database is away is answered before its time is over', async () => {
    await start();
    const begun = performance.now();
    const answer = answerIn(await runtime.invoke(restEvent('GET', '/commentaires?sectionId=projets'), { deadlineMs: 1_000 }));
    assert.equal(answer.status, 503);
    assert.equal(answer.json().type, 'urn:palabre:problem:store-unavailable');
    assert.ok(performance.now() - begun < 1_000);
  });

  test('may be of an HTTP API, too', async () => {
    await start();
    const answer = JSON.parse((await runtime.invoke(httpEvent('POST', '/commentaires/preview', { headers: asJson, body: { text: 'v2' } }))).body);
    assert.equal(answer.statusCode, 200);
    assert.equal(answer.headers['content-type'], 'application/json');
    assert.equal(answer.multiValueHeaders, undefined);
  });

  test('may ask by OPTIONS, and may have its body in base64', async () => {
    await start({ PALABRE_COMMENTS_ALLOWED_ORIGINS: 'https://friend.example' });
    const preflight = answerIn(await runtime.invoke(restEvent('OPTIONS', '/commentaires', { headers: { Origin: 'https://friend.example' } })));
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers['access-control-allow-origin'], 'https://friend.example');
    const event = restEvent('POST', '/commentaires/preview', { headers: asJson, body: { text: 'é' }, base64: true });
    assert.equal(answerIn(await runtime.invoke(event)).json().html, '<p>é</p>\n');
    const broken = answerIn(await runtime.invoke({ ...event, body: '%%%' }));
    assert.equal(broken.status, 400);
  });

  const published = join(sourceRoot, '../shared/data/lambda-events');
  const names = (() => { try { return readdirSync(published); } catch { return []; } })();
  test('is answered when it is one that AWS publishes', { skip: names.length === 0 && 'they are not at hand' }, async () => {
    await start();
    for (const name of names) {
      const answer = await runtime.invoke(readFileSync(join(published, name), 'utf8'));
      if (name === 'eventBridgeEvent.json') assert.equal(answer.kind, 'error');
      else assert.ok([400, 404, 405].includes(answerIn(answer).status), `${name}: ${answer.body}`);
    }
    await previews('encore');
  });
});
