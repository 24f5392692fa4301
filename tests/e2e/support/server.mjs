// SPDX-License-Identifier: Apache-2.0
// Starts the built program with a folder of its own, on ports the kernel gives, and ends it by id.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const sourceRoot = process.env.E2E_SOURCE ?? resolve(new URL('../../..', import.meta.url).pathname);
export const program = process.env.E2E_PROGRAM ?? join(sourceRoot, 'build/check/bin/palabre');
export const siteFolder = process.env.E2E_SITE ?? join(sourceRoot, 'build/site');

// Long enough for a sanitizer build on a busy machine; a healthy start takes milliseconds.
const startTimeoutMs = 60_000;

// Tests post more than people do. What requests may be made is left as owners have it.
const noPostLimits = 'posts_per_minute = 0\nsection_posts_per_minute = 0';

// Nor do most of them care who posts, or judge what is said.
const nobodyIsJudged = '[posting]\nkey_required = false\n[moderation]\nlinks_max = -1\nhold_duplicates = false\nmin_seconds = 0';

function settingsText(folder, { server = '', limits = noPostLimits, rules = nobodyIsJudged, extra = '', store = '', site = siteFolder }) {
  return `
[server]
http = ["127.0.0.1:0"]
https = ["127.0.0.1:0"]
${server}
[tls]
self_signed = true
[site]
folder = "${site}"
${rules}
[limits]
${limits}
[store]
folder = "${join(folder, 'data')}"
${store}
[metrics]
listen = "127.0.0.1:0"
[log]
destination = "${join(folder, 'requests.log')}"
${extra}`;
}

// Variables that begin so are settings to the program, and unknown ones are mistakes.
export const settingsFree = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith('PALABRE_')),
);

export class Server {
  #child;
  output = '';

  static async start(options = {}) {
    const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'palabre-e2e-')));
    const server = new Server(folder, options.folder === undefined);
    server.environment = options.environment;
    await writeFile(server.config, settingsText(folder, options));
    await server.run();
    return server;
  }

  constructor(folder, ownsFolder) {
    this.folder = folder;
    this.ownsFolder = ownsFolder;
    this.config = join(folder, 'palabre.toml');
  }

  async run() {
    this.output = '';
    this.#child = spawn(program, ['serve', '--config', this.config], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...settingsFree, ...this.environment },
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text) => { this.output += text; });
    }
    await this.#untilListening();
  }

  async #untilListening() {
    const deadline = Date.now() + startTimeoutMs;
    for (;;) {
      this.http = this.output.match(/http:\/\/127\.0\.0\.1:\d+/)?.[0];
      this.https = this.output.match(/https:\/\/127\.0\.0\.1:\d+/)?.[0];
      this.metrics = this.output.match(/http:\/\/127\.0\.0\.1:\d+\/metrics/)?.[0];
      if (this.http && this.https && this.metrics) return;
      if (this.#child.exitCode !== null || Date.now() > deadline) {
        throw new Error(`the server did not start:\n${this.output}`);
      }
      await Promise.race([
        once(this.#child.stdout, 'data'), once(this.#child.stderr, 'data'), once(this.#child, 'exit'),
      ]);
    }
  }

  get pid() { return this.#child.pid; }
  get port() { return Number(new URL(this.http).port); }
  get tlsPort() { return Number(new URL(this.https).port); }

  signal(name) { this.#child.kill(name); }

  async exited() {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'exit');
    return this.#child.exitCode;
  }

  async stop(signal = 'SIGTERM') {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill(signal);
    return this.exited();
  }

  // The same data, a new process.
  async restart(signal = 'SIGTERM') {
    await this.stop(signal);
    await this.run();
  }

  async requestLog() { return readFile(join(this.folder, 'requests.log'), 'utf8'); }

  async close() {
    await this.stop();
    if (this.ownsFolder) await rm(this.folder, { recursive: true, force: true });
  }

  post(body, headers = {}) {
    return fetch(`${this.http}/commentaires`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  }

  get(path, headers = {}) { return fetch(this.http + path, { headers, redirect: 'manual' }); }
}

// Calls `check` until it gives something true; fails with `what` when that takes too long.
export async function until(check, what, timeoutMs = 30_000) {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const found = await check();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`waited too long: ${what}`);
    await new Promise((done) => { setTimeout(done, 20); });
  }
}

export const draft = { sectionId: 'projets', author: 'Inès', text: 'Bravo *à tous*' };
