// SPDX-License-Identifier: Apache-2.0
// The bootstrap under AWS's own runtime interface emulator (tools/emulator.sh builds it), which is
// the Runtime API of AWS and starts a process that has ended anew.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { answerIn, bootstrap, httpEvent, restEvent, usualEnvironment } from './support/bootstrap.mjs';
import { DynamoDb } from './support/dynamodb.mjs';
import { draft, sourceRoot, until } from './support/server.mjs';

const emulator = process.env.E2E_RIE ?? join(sourceRoot, 'build/tools/rie/aws-lambda-rie');

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

class Emulator {
  output = '';

  static async start(environment) {
    const made = new Emulator();
    const [inside, outside] = [await freePort(), await freePort()];
    made.url = `http://127.0.0.1:${outside}/2015-03-31/functions/function/invocations`;
    made.child = spawn(emulator, [
      '--runtime-api-address', `127.0.0.1:${inside}`, '--runtime-interface-emulator-address', `127.0.0.1:${outside}`, bootstrap, 'api',
    ], { env: { ...usualEnvironment, AWS_LAMBDA_FUNCTION_TIMEOUT: '20', ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [made.child.stdout, made.child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => { made.output += text; });
    }
    await until(() => fetch(made.url, { method: 'GET' }).then(() => true, () => false), 'the emulator');
    return made;
  }

  async invoke(event) {
    const answer = await fetch(this.url, { method: 'POST', body: JSON.stringify(event) });
    return { status: answer.status, kind: 'response', body: await answer.text() };
  }

  // The bootstrap that it has started, by its id.
  get function() {
    const children = readFileSync(`/proc/${this.child.pid}/task/${this.child.pid}/children`, 'utf8').trim().split(/\s+/).filter(Boolean);
    const others = readdirSync(`/proc/${this.child.pid}/task`)
      .flatMap((task) => readFileSync(`/proc/${this.child.pid}/task/${task}/children`, 'utf8').trim().split(/\s+/))
      .filter(Boolean);
    return [...new Set([...children, ...others])].map(Number).find((pid) => {
      try { return readlinkSync(`/proc/${pid}/exe`) === bootstrap; } catch { return false; }
    });
  }

  async close() {
    const left = this.function;
    this.child.kill('SIGKILL');
    await once(this.child, 'close');
    if (left) try { process.kill(left, 'SIGKILL'); } catch { /* it went with its parent */ }
  }
}

describe('under the emulator of AWS', { skip: !existsSync(emulator) && `${emulator} is not there: ./check --e2e builds it` }, () => {
  let database;
  let running;
  before(async () => {
    database = await DynamoDb.start();
    const PALABRE_TABLE = await database.createTable();
    running = await Emulator.start({ AWS_ENDPOINT_URL_DYNAMODB: database.url, PALABRE_TABLE });
  });
  after(async () => {
    await running?.close();
    await database?.close();
  });

  test('a comment is posted and read', async () => {
    const posted = answerIn(await running.invoke(restEvent('POST', '/commentaires', { headers: { 'content-type': 'application/json' }, body: draft })));
    assert.equal(posted.status, 201, running.output);
    const read = answerIn(await running.invoke(restEvent('GET', `/commentaires?sectionId=${draft.sectionId}`)));
    assert.equal(read.json().comments[0].id, posted.json().id);
    const again = answerIn(await running.invoke(httpEvent('GET', `/commentaires/${posted.json().id}`)));
    assert.equal(again.json().author, draft.author);
  });

  test('an event that is no request fails without taking the function along', async () => {
    const before = running.function;
    const failed = await running.invoke({ source: 'aws.events' });
    assert.equal(JSON.parse(failed.body).errorType, 'Function.Exception');
    assert.equal(answerIn(await running.invoke(restEvent('GET', '/health'))).status, 200);
    assert.equal(running.function, before);
  });

  test('a function that was killed comes back', async () => {
    const before = running.function;
    assert.ok(before, 'the bootstrap runs');
    process.kill(before, 'SIGKILL');
    await until(async () => {
      const answer = await running.invoke(restEvent('GET', '/health'));
      return answer.body.includes('"statusCode":200');
    }, 'an answer of the next process');
    assert.notEqual(running.function, before);
  });

  test('a start that fails is told', async () => {
    const broken = await Emulator.start({ PALABRE_EDIT_SECRET: 'too short' });
    try {
      const answer = await broken.invoke(restEvent('GET', '/health'));
      assert.match(answer.body, /Runtime\.ConfigInvalid/);
      assert.match(broken.output, /the secret of edit tokens is too short: 32 bytes at least/);
    } finally {
      await broken.close();
    }
  });
});
