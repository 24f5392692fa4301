// SPDX-License-Identifier: Apache-2.0
// moto, which tools/moto brings, and boto3 beside it: an independent client of what it holds.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { sourceRoot } from './server.mjs';

const python = join(sourceRoot, 'build/tools/moto/bin/python');

export class Moto {
  #child;

  static async start() {
    if (!existsSync(python)) throw new Error('there is no moto: run tools/moto');
    const made = new Moto();
    made.#child = spawn(python, ['-B', join(sourceRoot, 'tests/support/moto_server.py')], { stdio: ['pipe', 'pipe', 'inherit'] });
    const [line] = await once(createInterface({ input: made.#child.stdout }), 'line');
    const told = JSON.parse(line);
    made.environment = {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${told.port}`,
      AWS_REGION: 'eu-west-3',
      AWS_DEFAULT_REGION: 'eu-west-3',
      AWS_ACCESS_KEY_ID: told.owner.id,
      AWS_SECRET_ACCESS_KEY: told.owner.secret,
      AWS_SESSION_TOKEN: undefined,
    };
    return made;
  }

  async close() {
    this.#child.stdin.end();
    if (this.#child.exitCode === null) await once(this.#child, 'exit');
  }

  // Runs Python with clients s3 and ddb of boto3; what it prints, as JSON.
  async ask(code) {
    const program = `import boto3, json\ns3 = boto3.client("s3")\nddb = boto3.client("dynamodb")\n${code}`;
    const { stdout } = await promisify(execFile)(python, ['-B', '-c', program], { env: { PATH: process.env.PATH, ...this.environment } });
    return stdout.trim() ? JSON.parse(stdout) : undefined;
  }
}
