// SPDX-License-Identifier: Apache-2.0
// A page and the API behind it, on a port of the kernel's. Answers come from a table of queues, by
// "METHOD /path"; an empty queue gives what a well-behaved server would.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';

export const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "require-trusted-types-for 'script'",
  'trusted-types palabre',
].join('; ');

const hour = 3_600_000;

export function commentOf(number, more = {}) {
  return {
    id: `0192f000-0000-7000-8000-${String(number).padStart(12, '0')}`,
    sectionId: 'projets',
    timestamp: new Date(Date.now() - 1000 * hour + number * hour).toISOString(),
    author: ['Zoé Martin', 'Amadou Diallo', 'Inès', 'Łukasz', 'Maud'][number % 5],
    text: `Texte ${number}`,
    html: `<p>Texte ${number}</p>`,
    verified: false,
    ...more,
  };
}

export const replyTo = (parent, number, more = {}) =>
  commentOf(number, { parentId: commentOf(parent).id, ...more });

export const problem = (name, status, more = {}, headers = {}) => ({
  status,
  headers: { 'content-type': 'application/problem+json', ...headers },
  body: { type: 'urn:palabre:problem:' + name, title: name, status, ...more },
});

// An answer that never comes: the connection is cut. `stored`: after the comment was taken.
export const dropped = (stored = false) => ({ dropped: true, stored });

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

export class FakeApi {
  comments = [];
  requests = [];
  pageHtml = '';
  pageSize = 50;
  #queues = new Map();
  #keys = new Map();
  #server = createServer((request, response) => void this.#answer(request, response));

  async start() {
    this.ownScript = await readFile(new URL('../../dist/palabre-own.js', import.meta.url));
    this.script = await readFile(new URL('../../dist/palabre.js', import.meta.url));
    await new Promise((done) => this.#server.listen(0, '127.0.0.1', done));
    this.origin = `http://127.0.0.1:${this.#server.address().port}`;
  }

  stop() {
    this.#server.closeAllConnections?.();
    return new Promise((done) => this.#server.close(done));
  }

  // The next answers to a kind of request, in order.
  next(kind, ...answers) {
    this.#queues.set(kind, [...(this.#queues.get(kind) ?? []), ...answers]);
  }

  asked(kind) {
    return this.requests.filter((request) => request.kind === kind);
  }

  async #answer(request, response) {
    const url = new URL(request.url, this.origin);
    const kind = `${request.method} ${url.pathname}`;
    const body = await bodyOf(request);
    this.requests.push({ kind, url, headers: request.headers, body });
    let answer = this.#queues.get(kind)?.shift();
    if (answer?.stored) this.#usual(kind, url, request, body);
    if (answer?.dropped) return void request.socket.destroy();
    if (answer?.until) await answer.until;
    if (!answer?.status) answer = this.#usual(kind, url, request, body);
    // A connection serves once: on a kept one, the browser itself would send a lost request again.
    response.shouldKeepAlive = false;
    const text = typeof answer.body === 'string' || Buffer.isBuffer(answer.body);
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    response.end(text ? answer.body : JSON.stringify(answer.body));
  }

  #usual(kind, url, request, body) {
    switch (kind) {
      case 'GET /palabre.js':
        return { status: 200, headers: { 'content-type': 'text/javascript' }, body: this.script };
      case 'GET /palabre-own.js':
        return { status: 200, headers: { 'content-type': 'text/javascript' }, body: this.ownScript };
      case 'GET /page.css':
        return { status: 200, headers: { 'content-type': 'text/css' }, body: this.pageCss ?? '' };
      case 'GET /commentaires':
        return { status: 200, body: this.#page(url.searchParams) };
      case 'GET /commentaires/counts':
        return { status: 200, body: this.#counts(url.searchParams.getAll('sectionId')) };
      case 'POST /commentaires/preview':
        return { status: 200, body: { html: `<p><em>${JSON.parse(body).text}</em></p>` } };
      case 'POST /commentaires':
        return { status: 201, body: this.#take(JSON.parse(body), request.headers['idempotency-key']) };
      default:
        return {
          status: 200,
          headers: { 'content-type': 'text/html', 'content-security-policy': policy },
          body: this.pageHtml,
        };
    }
  }

  #page(query) {
    const all = this.comments
      .filter(({ sectionId }) => sectionId === query.get('sectionId'))
      .sort((a, b) => (a.timestamp + a.id < b.timestamp + b.id ? 1 : -1));
    const size = Number(query.get('limit') ?? this.pageSize);
    const start = Number(query.get('cursor') ?? 0);
    const more = start + size < all.length;
    return {
      comments: all.slice(start, start + size),
      ...(more && { nextCursor: String(start + size) }),
      total: all.length,
    };
  }

  #counts(sections) {
    const counts = sections.map((sectionId) => ({
      sectionId,
      total: this.comments.filter((comment) => comment.sectionId === sectionId).length,
    }));
    return { counts };
  }

  #take(draft, key) {
    const known = this.#keys.get(key);
    if (known) return known;
    const number = 900_000 + this.comments.length;
    const comment = commentOf(number, {
      ...draft,
      timestamp: new Date().toISOString(),
      html: `<p>${draft.text}</p>`,
    });
    this.comments.push(comment);
    this.#keys.set(key, comment);
    return comment;
  }
}
