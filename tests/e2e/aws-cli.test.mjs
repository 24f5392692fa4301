// SPDX-License-Identifier: Apache-2.0
// The AWS CLI, as a client that knows nothing of us: it reads what we wrote into the table, and what it
// writes there we read.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { DynamoDb } from './support/dynamodb.mjs';
import { Server, draft, sourceRoot, until } from './support/server.mjs';

const cli = join(sourceRoot, 'build/tools/moto/bin/aws'); // tools/moto brings it

let database;
let server;
let table;
let environment;
before(async () => {
  database = await DynamoDb.start();
  table = await database.createTable();
  environment = {
    AWS_ENDPOINT_URL_DYNAMODB: database.url, AWS_REGION: 'eu-west-3', AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret',
  };
  server = await Server.start({ store: `kind = "dynamodb"\ntable = "${table}"`, environment, site: '' });
});
after(async () => {
  await server.close();
  await database.close();
});

async function aws(operation, ...args) {
  const { stdout } = await promisify(execFile)(cli, ['dynamodb', operation, '--output', 'json', ...args], {
    // It reads the older name of the region.
    env: { PATH: process.env.PATH, HOME: '/nonexistent', LANG: 'C.UTF-8', AWS_DEFAULT_REGION: environment.AWS_REGION, ...environment },
  });
  return stdout ? JSON.parse(stdout) : undefined;
}

const page = async () => (await (await server.get('/commentaires?sectionId=projets')).json());

test('reads a section as the vision has it: the index, newest first', async () => {
  const first = await (await server.post(draft)).json();
  const second = await (await server.post({ ...draft, text: 'Une réponse : « 100 % » 😀', parentId: first.id })).json();
  const { Items } = await aws(
    'query', '--table-name', table, '--index-name', 'sectionId-timestamp-index', '--no-scan-index-forward',
    '--key-condition-expression', 'sectionId = :s', '--expression-attribute-values', '{":s":{"S":"projets"}}',
  );
  assert.deepEqual(Items.map(({ id }) => id.S), [second.id, first.id]);
  assert.deepEqual(Items.map(({ text }) => text.S), ['Une réponse : « 100 % » 😀', draft.text]);
  assert.equal(Items[1].timestamp.S, first.timestamp);
  assert.equal(Items[0].parentId.S, first.id);
});

test('writes a comment by the documented format, and readers see it', async () => {
  const before = (await page()).total;
  await aws('transact-write-items', '--transact-items', JSON.stringify([
    { Put: {
      TableName: table,
      Item: {
        id: { S: '019f0000-0000-7000-8000-000000000001' }, sectionId: { S: 'projets' }, timestamp: { S: '2030-01-01T00:00:00.000Z' },
        author: { S: 'aws-cli' }, text: { S: 'écrit *ailleurs*' }, html: { S: '<p>écrit <em>ailleurs</em></p>\n' }, renderer: { N: '1' },
      },
      ConditionExpression: 'attribute_not_exists(id)',
    } },
    { Update: {
      TableName: table, Key: { id: { S: 'section#projets' } }, UpdateExpression: 'ADD published :one', ExpressionAttributeValues: { ':one': { N: '1' } },
    } },
  ]));
  await until(async () => (await page()).total === before + 1, 'the comment of another client', 10_000);
  const [newest] = (await page()).comments;
  assert.deepEqual([newest.author, newest.text, newest.html], ['aws-cli', 'écrit *ailleurs*', '<p>écrit <em>ailleurs</em></p>\n']);
});
