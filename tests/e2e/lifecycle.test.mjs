// SPDX-License-Identifier: Apache-2.0
// Starting, stopping, being killed, reloading: nothing that was acknowledged is lost.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { copyFile, readFile, readdir, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { connect as connectTls } from 'node:tls';
import { statusesOf } from './support/raw.mjs';
import { Server, draft, until } from './support/server.mjs';

let server;
before(async () => { server = await Server.start({ server: 'redirect_to_https = false' }); });
after(() => server.close());

const listOf = async (section) => (await server.get(`/commentaires?sectionId=${section}&limit=100`)).json();

test('comments and idempotency keys are there after a restart', async () => {
  const first = await (await server.post(draft, { 'idempotency-key': 'restart-1' })).json();
  await server.restart();
  const { editToken, editableUntil, ...shown } = first;
  assert.ok(editToken && editableUntil, 'told in the answer to the post, and nowhere else');
  assert.deepEqual((await listOf('projets')).comments, [shown]);
  const again = await server.post(draft, { 'idempotency-key': 'restart-1' });
  assert.equal(again.status, 201);
  assert.deepEqual(await again.json(), first);
  const misused = await server.post({ ...draft, text: 'autre' }, { 'idempotency-key': 'restart-1' });
  assert.equal(misused.status, 409);
  assert.equal((await listOf('projets')).total, 1);
});

test('what was acknowledged before kill -9 is there, once', async () => {
  for (let round = 0; round < 5; ++round) {
    const section = `kill-${round}`;
    const acknowledged = new Set();
    let stopping = false;
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let n = 0; !stopping; ++n) {
        const answer = await server.post(
          { ...draft, sectionId: section, text: `${writer}/${n}` }, { 'idempotency-key': `${section}/${writer}/${n}` },
        ).catch(() => null);
        if (answer?.status === 201) acknowledged.add((await answer.json().catch(() => ({}))).id);
      }
    });
    await until(() => acknowledged.size > 20, 'some acknowledged posts');
    server.signal('SIGKILL');
    stopping = true;
    await Promise.all(writers);
    await server.restart();
    const kept = [];
    let path = `/commentaires?sectionId=${section}&limit=100`;
    for (;;) {
      const page = await (await server.get(path)).json();
      kept.push(...page.comments.map((c) => c.id));
      if (!page.nextCursor) break;
      path = `/commentaires?sectionId=${section}&limit=100&cursor=${page.nextCursor}`;
    }
    acknowledged.delete(undefined);
    for (const id of acknowledged) assert.ok(kept.includes(id), `lost ${id}`);
    assert.equal(new Set(kept).size, kept.length);
  }
});

test('a request in flight is finished when the server is asked to stop', async () => {
  const body = JSON.stringify(draft);
  const socket = connect(server.port, '127.0.0.1').setEncoding('latin1');
  let answer = '';
  socket.on('data', (text) => { answer += text; });
  socket.write('POST /commentaires HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n'
    + `Expect: 100-continue\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`);
  await until(() => answer.startsWith('HTTP/1.1 100 '), 'the server to ask for the body');
  server.signal('SIGTERM');
  await until(() => server.get('/health').then(() => false, () => true), 'the port to close');
  socket.write(body);
  await once(socket, 'close');
  assert.deepEqual(statusesOf(answer), [100, 201]);
  assert.equal(await server.exited(), 0);
  await server.run();
  assert.equal((await listOf('projets')).total, 2);
});

function certificateOf(port) {
  return new Promise((done, fail) => {
    const socket = connectTls({ port, host: '127.0.0.1', servername: 'localhost', rejectUnauthorized: false }, () => {
      const { raw, subjectaltname } = socket.getPeerCertificate();
      done({ print: createHash('sha256').update(raw).digest('hex'), subjectaltname, protocol: socket.getProtocol() });
      socket.destroy();
    });
    socket.on('error', fail);
  });
}

const findIn = async (folder, ending) => {
  const names = await readdir(folder, { recursive: true });
  return join(folder, names.find((name) => name.endsWith(ending)));
};

test('a certificate is made for localhost, and a new one is taken at SIGHUP', async () => {
  const first = await certificateOf(server.tlsPort);
  assert.match(first.subjectaltname, /DNS:localhost/);
  assert.equal(first.protocol, 'TLSv1.3');
  const other = await Server.start();
  try {
    for (const ending of ['.key', '.pem', '.crt']) {
      const from = await findIn(join(other.folder, 'data'), ending).catch(() => null);
      if (from) await copyFile(from, await findIn(join(server.folder, 'data'), ending));
    }
    server.signal('SIGHUP');
    const second = await until(async () => {
      const seen = await certificateOf(server.tlsPort);
      return seen.print !== first.print && seen;
    }, 'the new certificate');
    assert.equal(second.print, (await certificateOf(other.tlsPort)).print);
  } finally {
    await other.close();
  }
});

test('old protocols are refused', async () => {
  await assert.rejects(new Promise((done, fail) => {
    const socket = connectTls({
      port: server.tlsPort, host: '127.0.0.1', rejectUnauthorized: false, minVersion: 'TLSv1', maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    }, () => { socket.destroy(); done(); });
    socket.on('error', fail);
  }));
});

test('the data is for its owner alone', async () => {
  const database = await findIn(join(server.folder, 'data'), '.sqlite');
  assert.equal((await stat(database)).mode & 0o077, 0);
});

test('metrics count what was asked', async () => {
  const text = async () => (await fetch(server.metrics)).text();
  const count = async () => Number((await text()).match(/requests_total\{[^}]*GET \/health[^}]*\} (\d+)/)?.[1] ?? 0);
  await server.get('/health');
  const before = await until(count, 'a first count');
  await server.get('/health');
  await until(async () => (await count()) === before + 1, 'one more');
  assert.match(await text(), /^# TYPE \S+ histogram$/m);
});

test('the site is served with what a browser needs to be safe and quick', async () => {
  const home = await server.get('/');
  assert.equal(home.status, 200);
  assert.match(home.headers.get('content-security-policy'), /default-src 'none'/);
  const html = await home.text();
  const style = html.match(/href="([^"]+\.css)"/)[1];
  // Compressed forms are prepared beside the first answers.
  const answer = await until(async () => {
    const given = await server.get(new URL(style, server.http).pathname, { 'accept-encoding': 'br' });
    return given.headers.get('content-encoding') === 'br' && given;
  }, 'the compressed style sheet');
  assert.match(answer.headers.get('cache-control'), /immutable/);
  const plain = { 'accept-encoding': 'identity' };
  const { headers } = await server.get('/', plain);
  const notModified = await server.get('/', { ...plain, 'if-none-match': headers.get('etag') });
  assert.equal(notModified.status, 304);
  const part = await server.get(new URL(style, server.http).pathname, { range: 'bytes=0-9', 'accept-encoding': 'identity' });
  assert.equal(part.status, 206);
  assert.equal((await part.arrayBuffer()).byteLength, 10);
  const missing = await server.get('/nulle-part');
  assert.equal(missing.status, 404);
  assert.match(await missing.text(), /<html lang="fr"/);
  assert.ok((await readFile(server.config, 'utf8')).includes('[server]'));
});
