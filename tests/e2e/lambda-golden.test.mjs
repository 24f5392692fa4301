// SPDX-License-Identifier: Apache-2.0
// Every golden request, asked of both homes as they really run: `palabre serve` on SQLite, and the
// bootstrap on DynamoDB. Both must answer what the golden file says, and so the same.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { Bootstrap, answerIn, restEvent } from './support/bootstrap.mjs';
import { DynamoDb } from './support/dynamodb.mjs';
import { GoldenHome, goldenFiles, goldenHeldSection, goldenKeys, goldenOrigin, readGolden } from './support/golden.mjs';
import { RuntimeApi } from './support/runtime-api.mjs';
import { Server, program, settingsFree } from './support/server.mjs';

// What whoever sends an answer adds to it, and its date and id.
const ofTheSender = ['connection', 'content-length', 'date', 'keep-alive', 'x-request-id'];

const withoutSender = (headers) => Object.fromEntries(Object.entries(headers).filter(([name]) => !ofTheSender.includes(name)));

async function machine() {
  const server = await Server.start({
    site: '',
    extra: `[comments]\nallowed_origins = ["${goldenOrigin}"]`,
    rules: `[posting]\nkey_required = false\n[moderation]\nhold_sections = ["${goldenHeldSection}"]\nlinks_max = -1\nhold_duplicates = false\nmin_seconds = 0`,
  });
  const keys = new Map(goldenKeys.map(({ name, role, text }) => [
    text,
    execFileSync(program, ['keys', 'add', name, '--role', role, '--config', server.config], { encoding: 'utf8', env: settingsFree, stdio: ['ignore', 'pipe', 'ignore'] }).trim(),
  ]));
  const ask = async ({ method, target, headers, body }) => {
    const answer = await fetch(server.http + target, { method, headers: { 'accept-encoding': 'identity', ...headers }, body });
    return { status: answer.status, headers: withoutSender(Object.fromEntries(answer.headers)), text: await answer.text() };
  };
  return { home: new GoldenHome(ask, keys), close: () => server.close() };
}

async function lambda(database) {
  const table = await database.createTable();
  for (const key of goldenKeys) await database.addKey(table, key);
  const runtime = await RuntimeApi.start();
  const running = Bootstrap.start(runtime, {
    AWS_ENDPOINT_URL_DYNAMODB: database.url,
    PALABRE_TABLE: table,
    PALABRE_COMMENTS_ALLOWED_ORIGINS: goldenOrigin,
    PALABRE_MODERATION_HOLD_SECTIONS: goldenHeldSection,
  });
  const ask = async ({ method, target, headers, body }) => {
    const { status, headers: sent, text } = answerIn(await runtime.invoke(restEvent(method, target, { headers, body })));
    return { status, headers: withoutSender(sent), text };
  };
  const close = async () => {
    await running.stop();
    await runtime.close();
    assert.equal(running.err, '');
  };
  return { home: new GoldenHome(ask), close };
}

describe('golden requests', () => {
  let database;
  before(async () => { database = await DynamoDb.start(); });
  after(() => database.close());

  for (const file of goldenFiles) {
    test(`${file} holds in both homes`, async () => {
      const one = await machine();
      const other = await lambda(database);
      try {
        for (const entry of readGolden(file)) {
          const wanted = { status: entry.response.status, headers: entry.response.headers, body: entry.response.body ?? '' };
          const onMachine = await one.home.answerTo(entry);
          const onLambda = await other.home.answerTo(entry);
          assert.deepEqual(onMachine, wanted, `on one machine: ${entry.name}`);
          assert.deepEqual(onLambda, wanted, `on Lambda: ${entry.name}`);
        }
      } finally {
        await one.close();
        await other.close();
      }
    });
  }
});
