// SPDX-License-Identifier: Apache-2.0
// DynamoDB Local, which tools/dynamodb-local/fetch brings, and tables in it.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { sourceRoot } from './server.mjs';

const folder = join(sourceRoot, 'build/tools/dynamodb-local');

// Signed by nobody: DynamoDB Local wants the header and reads only the key and the region.
const authorization = 'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/eu-west-3/dynamodb/aws4_request, SignedHeaders=host, Signature=00';

const index = (name, hash) => ({
  IndexName: name,
  KeySchema: [{ AttributeName: hash, KeyType: 'HASH' }, { AttributeName: 'timestamp', KeyType: 'RANGE' }],
  Projection: { ProjectionType: 'ALL' },
});

export class DynamoDb {
  #child;
  #tables = 0;

  static async start() {
    if (!existsSync(join(folder, 'stamp'))) throw new Error('there is no DynamoDB Local: run tools/dynamodb-local/fetch');
    const made = new DynamoDb();
    const jars = join(folder, 'jars');
    made.#child = spawn('java', [
      '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xmx700m',
      '-cp', `${join(folder, 'classes')}:${jars}/*`, 'Loopback',
    ], { stdio: ['pipe', 'pipe', 'ignore'] });
    const [port] = await once(createInterface({ input: made.#child.stdout }), 'line');
    made.url = `http://127.0.0.1:${port}`;
    return made;
  }

  async close() {
    this.#child.stdin.end();
    if (this.#child.exitCode === null) await once(this.#child, 'exit');
  }

  async call(operation, body) {
    const answer = await fetch(this.url, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `DynamoDB_20120810.${operation}` },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${operation}: ${text}`);
    return JSON.parse(text);
  }

  // A new table of ours (src/store/dynamodb/table.hpp), and its name.
  async createTable() {
    this.#tables += 1;
    const TableName = `comments-${this.#tables}`;
    await this.call('CreateTable', {
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['id', 'sectionId', 'timestamp', 'queue'].map((name) => ({ AttributeName: name, AttributeType: 'S' })),
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [index('sectionId-timestamp-index', 'sectionId'), index('queue-timestamp-index', 'queue')],
    });
    return TableName;
  }

  // An API key of ours, as the store keeps it: {name, role, text}.
  addKey(TableName, { name, role, text }) {
    const id = text.slice(4, 14);
    return this.call('PutItem', {
      TableName,
      Item: {
        id: { S: `key#${id}` },
        queue: { S: 'key' },
        timestamp: { S: '2026-01-01T00:00:00.000Z' },
        name: { S: name },
        may: { S: role },
        hash: { B: createHash('sha256').update(text).digest('base64') },
      },
    });
  }
}
