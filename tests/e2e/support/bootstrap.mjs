// SPDX-License-Identifier: Apache-2.0
// The program of AWS Lambda, as a process whose environment is Lambda's, and events for it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { sourceRoot, until } from './server.mjs';

export const bootstrap = process.env.E2E_BOOTSTRAP ?? join(sourceRoot, 'build/check/bin/bootstrap');

export const editSecret = 's'.repeat(32);

// What Lambda sets, and settings under which nobody is judged.
export const usualEnvironment = {
  _HANDLER: 'api',
  AWS_REGION: 'eu-west-3',
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'session-token',
  AWS_LAMBDA_FUNCTION_NAME: 'palabre-api',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  TZ: 'UTC',
  LANG: 'en_US.UTF-8',
  PALABRE_EDIT_SECRET: editSecret,
  PALABRE_POSTING_KEY_REQUIRED: 'false',
  PALABRE_MODERATION_LINKS_MAX: '-1',
  PALABRE_MODERATION_HOLD_DUPLICATES: 'false',
  PALABRE_MODERATION_MIN_SECONDS: '0',
  PALABRE_LIMITS_POSTS_PER_MINUTE: '0',
  PALABRE_LIMITS_SECTION_POSTS_PER_MINUTE: '0',
};

export class Bootstrap {
  out = '';
  err = '';
  #child;

  // Nothing of our own environment comes through; a variable given as undefined is left out.
  static start(runtime, environment = {}, { command = [bootstrap], cwd = '/' } = {}) {
    const made = new Bootstrap();
    const address = runtime ? { AWS_LAMBDA_RUNTIME_API: runtime.address } : {};
    const env = Object.entries({ ...usualEnvironment, ...address, ...environment }).filter(([, value]) => value !== undefined);
    made.startedAt = performance.now();
    made.#child = spawn(command[0], command.slice(1), { env: Object.fromEntries(env), cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    made.#child.stdout.setEncoding('utf8').on('data', (text) => { made.out += text; });
    made.#child.stderr.setEncoding('utf8').on('data', (text) => { made.err += text; });
    made.closed = once(made.#child, 'close');
    return made;
  }

  get pid() { return this.#child.pid; }
  get isRunning() { return this.#child.exitCode === null && this.#child.signalCode === null; }

  // The exit code, once all that was said has been read.
  async exited() {
    await this.closed;
    return this.#child.exitCode;
  }

  async stop() {
    if (this.isRunning) this.#child.kill('SIGKILL'); // as Lambda does
    await this.closed;
  }

  // Lines of the log that are JSON, once there are so many.
  async logLines(count) {
    const lines = () => this.out.split('\n').slice(0, -1);
    await until(() => lines().length >= count || !this.isRunning, `${count} lines of the log, not ${this.out}`);
    return lines().map((line) => JSON.parse(line));
  }
}

// An event of a REST API as API Gateway makes it of a request.
export function restEvent(method, target, { headers = {}, body = null, context = {}, base64 = false } = {}) {
  const url = new URL(target, 'https://api.example');
  const names = [...new Set(url.searchParams.keys())];
  const parameters = Object.fromEntries(names.map((name) => [name, url.searchParams.getAll(name)]));
  const lists = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  const text = body !== null && typeof body !== 'string' ? JSON.stringify(body) : body;
  return {
    resource: '/{proxy+}',
    path: url.pathname,
    httpMethod: method,
    headers: names.length || Object.keys(headers).length ? headers : null,
    multiValueHeaders: Object.keys(headers).length ? lists : null,
    queryStringParameters: names.length ? Object.fromEntries(names.map((name) => [name, parameters[name].at(-1)])) : null,
    multiValueQueryStringParameters: names.length ? parameters : null,
    pathParameters: { proxy: decodeURI(url.pathname.slice(1)) },
    stageVariables: null,
    requestContext: {
      resourceId: 'abc123', stage: 'production', domainName: 'api.example', requestId: `request-${Math.random()}`,
      identity: { sourceIp: '192.0.2.7', userAgent: 'test', apiKeyId: null, apiKey: null }, authorizer: null,
      httpMethod: method, path: `/production${url.pathname}`, ...context,
    },
    body: base64 && text !== null ? Buffer.from(text).toString('base64') : text,
    isBase64Encoded: base64,
  };
}

// One of an HTTP API or a function URL.
export function httpEvent(method, target, { headers = {}, body, context = {} } = {}) {
  const url = new URL(target, 'https://api.example');
  return {
    version: '2.0', routeKey: '$default', rawPath: url.pathname, rawQueryString: url.search.slice(1), headers,
    requestContext: {
      stage: '$default', requestId: 'v2-request', domainName: 'url.example',
      http: { method, path: url.pathname, sourceIp: '192.0.2.8' }, ...context,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }), isBase64Encoded: false,
  };
}

// What a client of the gateway would get of a function's answer.
export function answerIn({ kind, body }) {
  if (kind !== 'response') throw new Error(`the invocation failed: ${body}`);
  const answer = JSON.parse(body);
  const lists = answer.multiValueHeaders ?? Object.fromEntries(Object.entries(answer.headers).map(([n, v]) => [n, [v]]));
  const text = answer.isBase64Encoded ? Buffer.from(answer.body, 'base64').toString('utf8') : answer.body;
  const headers = Object.fromEntries(Object.entries(lists).map(([name, values]) => [name, values.join(', ')]));
  return { status: answer.statusCode, headers, text, json: () => JSON.parse(text) };
}
