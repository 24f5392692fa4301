// SPDX-License-Identifier: Apache-2.0
// The settings of a function, from Systems Manager and from its environment.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { Bootstrap, answerIn, editSecret, restEvent } from './support/bootstrap.mjs';
import { ParameterStore, secure } from './support/parameter-store.mjs';
import { RuntimeApi } from './support/runtime-api.mjs';

let runtime;
let store;
let running;

const away = 'http://127.0.0.1:1';

function start(environment = {}) {
  running = Bootstrap.start(runtime, {
    AWS_ENDPOINT_URL_DYNAMODB: away,
    AWS_ENDPOINT_URL_SSM: store.url,
    PALABRE_PARAMETERS: '/palabre/production/',
    PALABRE_EDIT_SECRET: undefined,
    ...environment,
  });
}

beforeEach(async () => {
  runtime = await RuntimeApi.start();
  store = await ParameterStore.start({
    '/palabre/production/edit_secret': secure(editSecret),
    '/palabre/production/comments/allowed_origins': { value: 'https://friend.example,https://other.example', type: 'StringList' },
    '/palabre/production/comments/text_characters': { value: '5' },
    '/palabre/production-of-others/server/http': { value: 'not ours' },
  });
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  await runtime.close();
  await store.close();
});

const previewOf = (text) => restEvent('POST', '/commentaires/preview', {
  headers: { 'content-type': 'application/json', origin: 'https://other.example' }, body: { text },
});

test('parameters are settings, over all pages, and the environment overrides them', async () => {
  start();
  const answer = answerIn(await runtime.invoke(previewOf('123456')));
  assert.equal(answer.status, 422);
  assert.equal(answer.headers['access-control-allow-origin'], 'https://other.example');
  assert.equal(store.asked, 2);
  await running.stop();
  await runtime.untilNobodyAsks();
  start({ PALABRE_COMMENTS_TEXT_CHARACTERS: '6' });
  assert.equal(answerIn(await runtime.invoke(previewOf('123456'))).status, 200);
});

test('are read once, and not for each event', async () => {
  start();
  for (let i = 0; i < 3; i += 1) await runtime.invoke(previewOf('1'));
  assert.equal(store.asked, 2);
});

async function complaint(environment) {
  start(environment);
  assert.equal(await running.exited(), 1);
  assert.equal(runtime.initErrors[0].type, 'Runtime.ConfigInvalid');
  assert.doesNotMatch(runtime.initErrors[0].body, /palabre\//);
  return running.err;
}

test('a parameter that is no setting is named', async () => {
  store.parameters['/palabre/production/moderation/link_max'] = { value: '3' };
  assert.match(await complaint(), /\/palabre\/production\/moderation\/link_max: \[moderation\] has no link_max; did you mean links_max\?/);
});

test('a missing secret is named, with what to do', async () => {
  delete store.parameters['/palabre/production/edit_secret'];
  assert.match(await complaint(), /the parameter \/palabre\/production\/edit_secret is missing: put at least 32 random bytes/);
});

test('a path without parameters is told', async () => {
  assert.match(await complaint({ PALABRE_PARAMETERS: '/palabre/staging/' }), /\/palabre\/staging\/edit_secret is missing/);
});

test('what the role lacks is told', async () => {
  store.refuses = 'AccessDeniedException';
  assert.match(await complaint(), /Allow the role of this function ssm:GetParametersByPath on parameter\/palabre\/production and/);
});

test('a service that is away is told within the time of the start', async () => {
  const begun = performance.now();
  assert.match(await complaint({ AWS_ENDPOINT_URL_SSM: away }), /parameters below \/palabre\/production\/ could not be read/);
  assert.ok(performance.now() - begun < 10_000);
});
