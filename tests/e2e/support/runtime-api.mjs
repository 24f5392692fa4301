// SPDX-License-Identifier: Apache-2.0
// The Runtime API of AWS Lambda, version 2018-06-01, as a function meets it: with the status codes
// that AWS's own emulator gives (400 for another invocation, 403 for a second answer, 413 above
// 6291556 bytes), and with faults that can be asked for. Over bare sockets, since no HTTP server
// would misbehave like this.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

const answerBytesMax = 6_291_556;
const prefix = '/2018-06-01/runtime';
const reasons = { 200: 'OK', 202: 'Accepted', 400: 'Bad Request', 403: 'Forbidden', 413: 'Request Entity Too Large', 500: 'Internal Server Error' };

const json = (status, value) => ({ status, body: JSON.stringify(value), headers: { 'Content-Type': 'application/json' } });
const refusal = (status, errorType, errorMessage = errorType) => json(status, { errorMessage, errorType });

export class RuntimeApi {
  // What goes wrong, until it is set back:
  //   bare: /next without Content-Type and without a header but the request id
  //   pieces: answers go out a byte at a time     closes: each answer ends its connection
  //   silenceMs: before each event
  // and once each, in order: nextStatus, answerStatus: instead of what would be right.
  faults = { bare: false, pieces: false, closes: false, silenceMs: 0, nextStatus: [], answerStatus: [] };

  connections = 0;
  firstNextAt = undefined; // in ms, as performance.now() has it
  initErrors = [];
  complaints = []; // of what a function must not do

  #server = createServer((socket) => this.#serve(socket));
  #sockets = new Set();
  #waiting = []; // events that nobody has asked for
  #asking = []; // those who asked for an event and wait
  #current = undefined;
  #changed = [];

  static async start() {
    const api = new RuntimeApi();
    api.#server.listen(0, '127.0.0.1');
    await once(api.#server, 'listening');
    return api;
  }

  get address() { return `127.0.0.1:${this.#server.address().port}`; }

  async close() {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  // Hands over an event, and gives what the function makes of it: {kind: 'response' | 'error',
  // body, headers, status}, where status is what the function was told of its answer.
  invoke(event, { deadlineMs = 10_000, headers = {} } = {}) {
    return new Promise((done) => {
      const one = {
        id: randomUUID(), deadlineMs, headers, done, answered: false,
        body: typeof event === 'string' ? event : JSON.stringify(event),
      };
      const asking = this.#asking.shift();
      if (asking) asking.found(one); else this.#waiting.push(one);
    });
  }

  // Waits for one more GET /next, or an error of the start.
  async untilAsked() {
    while (this.#asking.length === 0 && this.initErrors.length === 0) {
      await new Promise((done) => { this.#changed.push(done); });
    }
  }

  // Waits until a process that was ended asks for nothing any more.
  async untilNobodyAsks() {
    while (this.#asking.length > 0) await new Promise((done) => { this.#changed.push(done); });
  }

  #tellChange() { for (const done of this.#changed.splice(0)) done(); }

  #serve(socket) {
    this.connections += 1;
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    let bytes = Buffer.alloc(0);
    let work = Promise.resolve();
    socket.on('error', () => {});
    socket.on('close', () => {
      this.#sockets.delete(socket);
      this.#asking = this.#asking.filter((each) => each.socket !== socket); // its process has ended
      this.#tellChange();
    });
    socket.on('data', (more) => {
      if (socket.writableEnded) return; // whatever comes now finds nobody, and has to come again
      bytes = Buffer.concat([bytes, more]);
      for (;;) {
        const end = bytes.indexOf('\r\n\r\n');
        if (end < 0) return;
        const request = parseHead(bytes.subarray(0, end).toString('latin1'));
        const length = Number(request.headers['content-length'] ?? 0);
        if (bytes.length < end + 4 + length) return;
        request.body = bytes.subarray(end + 4, end + 4 + length).toString('utf8');
        request.bytes = length;
        bytes = bytes.subarray(end + 4 + length);
        work = work.then(() => this.#answer(socket, request));
      }
    });
  }

  async #answer(socket, request) {
    const answer = await this.#answerTo(request, socket);
    if (!answer || socket.destroyed) return;
    const headers = { 'Content-Length': Buffer.byteLength(answer.body), ...answer.headers };
    if (this.faults.bare) delete headers['Content-Type'];
    const head = [`HTTP/1.1 ${answer.status} ${reasons[answer.status]}`, ...Object.entries(headers).map(([n, v]) => `${n}: ${v}`)];
    const text = Buffer.from(`${head.join('\r\n')}\r\n\r\n${answer.body}`);
    if (this.faults.pieces) {
      for (const byte of text) {
        socket.write(Buffer.from([byte]));
        await new Promise((next) => { setImmediate(next); });
      }
    } else {
      socket.write(text);
    }
    if (this.faults.closes) socket.end();
    answer.afterwards?.();
  }

  async #answerTo({ method, path, headers, body, bytes }, socket) {
    if (method === 'GET' && path === `${prefix}/invocation/next`) return this.#next(socket);
    if (method === 'POST' && path === `${prefix}/init/error`) {
      this.initErrors.push({ type: headers['lambda-runtime-function-error-type'], body });
      return { ...json(202, { status: 'OK' }), afterwards: () => this.#tellChange() };
    }
    const parts = path.match(/^\/2018-06-01\/runtime\/invocation\/([^/]+)\/(response|error)$/);
    if (method === 'POST' && parts) return this.#take(parts[1], parts[2], { headers, body, bytes });
    this.complaints.push(`${method} ${path}`);
    return refusal(403, 'InvalidStateTransition');
  }

  async #next(socket) {
    this.firstNextAt ??= performance.now();
    if (this.#current && !this.#current.answered) this.complaints.push('the next event before an answer to the last');
    const status = this.faults.nextStatus.shift();
    if (status) return refusal(status, status === 403 ? 'InvalidStateTransition' : 'InternalServerError');
    const one = this.#waiting.shift() ?? (await new Promise((found) => {
      this.#asking.push({ socket, found });
      this.#tellChange();
    }));
    if (this.faults.silenceMs) await new Promise((over) => { setTimeout(over, this.faults.silenceMs); });
    this.#current = one;
    const about = { 'Lambda-Runtime-Aws-Request-Id': one.id };
    if (!this.faults.bare) {
      about['Content-Type'] = 'application/json';
      about['Lambda-Runtime-Deadline-Ms'] = Date.now() + one.deadlineMs;
      about['Lambda-Runtime-Invoked-Function-Arn'] = 'arn:aws:lambda:eu-west-3:123456789012:function:palabre-api';
      about['Lambda-Runtime-Trace-Id'] = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';
    }
    return { status: 200, body: one.body, headers: { ...about, ...one.headers } };
  }

  #take(id, kind, { headers, body, bytes }) {
    const one = this.#current;
    if (!one || one.id !== id) return refusal(400, 'InvalidRequestID', 'Invalid request ID');
    if (one.answered) return refusal(403, 'InvalidStateTransition');
    one.answered = true;
    const wanted = this.faults.answerStatus.shift() ?? (bytes > answerBytesMax ? 413 : 202);
    const answer = {
      202: json(202, { status: 'OK' }),
      400: refusal(400, 'InvalidRequestID'),
      403: refusal(403, 'InvalidStateTransition'),
      413: refusal(413, 'RequestEntityTooLarge', `Exceeded maximum allowed payload size (${answerBytesMax} bytes).`),
      500: refusal(500, 'InternalServerError'),
    }[wanted];
    return { ...answer, afterwards: () => one.done({ id, kind, headers, body, status: wanted }) };
  }
}

function parseHead(text) {
  const [first, ...rest] = text.split('\r\n');
  const [method, path] = first.split(' ');
  const headers = Object.fromEntries(rest.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  }));
  return { method, path, headers };
}
