// SPDX-License-Identifier: Apache-2.0
// What careless and hostile clients send, and that an honest one is served afterwards.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { exchange, statusOf, statusesOf } from './support/raw.mjs';
import { Server, draft, until } from './support/server.mjs';

const run = promisify(execFile);
let server;

before(async () => {
  server = await Server.start({
    server: 'head_timeout_s = 1\nbody_timeout_s = 1\nmax_connections = 6000',
  });
});
after(() => server.close());

async function stillServes() {
  assert.equal((await server.get('/health')).status, 200);
}

// Status and body as curl gives them. Any argument list curl knows.
async function curl(path, ...options) {
  const { stdout } = await run('curl', ['-s', '-w', '\n%{http_code}', ...options, server.http + path], {
    maxBuffer: 64e6,
  });
  const cut = stdout.lastIndexOf('\n');
  return { status: Number(stdout.slice(cut + 1)), body: stdout.slice(0, cut) };
}

const json = ['-H', 'content-type: application/json'];

async function expectProblem(name, status, answer) {
  assert.equal(answer.status, status, `${name}: ${answer.body}`);
  const problem = JSON.parse(answer.body);
  assert.match(problem.type, /^urn:palabre:problem:[a-z-]+$/);
  assert.equal(problem.status, status);
}

test('bodies that are no comment', async (t) => {
  const cases = [
    ['no body', 400, ['-X', 'POST', ...json]],
    ['half a document', 400, [...json, '-d', '{"sectionId":"projets","author":"In']],
    ['broken JSON', 400, [...json, '-d', '{sectionId: projets}']],
    ['deep JSON', 400, [...json, '-d', '['.repeat(30_000)]],
    ['broken UTF-8', 400, [...json, '--data-binary', '@-']],
    ['the wrong type', 415, ['-H', 'content-type: text/plain', '-d', JSON.stringify(draft)]],
    ['a form', 415, ['-d', 'sectionId=projets&author=a&text=b']],
    ['no type', 415, ['-H', 'content-type:', '-d', JSON.stringify(draft)]],
    ['nothing but nulls', 422, [...json, '-d', '{"sectionId":null,"author":null,"text":null}']],
    ['a list', 400, [...json, '-d', '[]']],
  ];
  for (const [name, status, options] of cases) {
    await t.test(name, async () => {
      if (options.includes('@-')) {
        const child = run('curl', ['-s', '-w', '\n%{http_code}', ...options, `${server.http}/commentaires`]);
        child.child.stdin.end(Buffer.from('{"sectionId":"a","author":"b","text":"\xff\xfe"}', 'latin1'));
        const { stdout } = await child;
        const cut = stdout.lastIndexOf('\n');
        await expectProblem(name, status, { status: Number(stdout.slice(cut + 1)), body: stdout.slice(0, cut) });
      } else {
        await expectProblem(name, status, await curl('/commentaires', ...options));
      }
      await stillServes();
    });
  }
});

test('a body of 10 MB is refused before it is sent whole', async () => {
  const answer = await exchange(server.port, [
    `POST /commentaires HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 10000000\r\n\r\n`,
    ...Array(10).fill('x'.repeat(100_000)),
  ], { enough: (text) => text.includes('\r\n\r\n{') && text.endsWith('}') });
  assert.equal(statusOf(answer), 413);
  assert.match(answer, /connection: close/i);
  const chunked = await exchange(server.port, [
    'POST /commentaires HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
    ...Array(10).fill(`186a0\r\n${'x'.repeat(100_000)}\r\n`),
  ], { enough: (text) => text.includes('\r\n\r\n{') && text.endsWith('}') });
  assert.equal(statusOf(chunked), 413);
  await stillServes();
});

test('half a body, and then nothing', async () => {
  const answer = await exchange(server.port, [
    'POST /commentaires HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"sectionId"',
  ]);
  assert.equal(statusOf(answer), 408);
  await stillServes();
});

test('a client that sends a byte now and then is let go', async () => {
  const head = 'GET /health HTTP/1.1\r\nHost: x\r\nX-Slow: yes\r\n\r\n';
  const answer = await exchange(server.port, [...head], { gapMs: 200 });
  assert.ok([0, 408].includes(statusOf(answer)), answer);
  assert.ok(!answer.includes('200 OK'));
  await stillServes();
});

test('addresses and methods that are not there', async () => {
  await expectProblem('method', 405, await curl('/commentaires', '-X', 'DELETE'));
  await expectProblem('method', 405, await curl('/health', '-X', 'POST', '-d', ''));
  await expectProblem('unknown', 404, await curl('/commentaires/a/b'));
  assert.equal((await curl('/nothing/here')).status, 404);
  assert.equal((await curl('/nothing/here', '-X', 'BREW')).status, 405);
});

test('no way out of the site, in any spelling', async (t) => {
  const spellings = [
    '/../../../../etc/passwd', '/%2e%2e/%2e%2e/%2e%2e/etc/passwd', '/..%2f..%2f..%2fetc/passwd',
    '/%2e%2e%2f%2e%2e%2fetc%2fpasswd', '/..%5c..%5cetc%5cpasswd', '/..\\..\\etc\\passwd',
    '/%252e%252e/%252e%252e/etc/passwd', '/%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd', '/....//....//etc/passwd',
    '/.%00./etc/passwd', '/projets/../../etc/passwd', '//etc/passwd', '/./../etc/passwd', '/%2e/%2e%2e/etc/passwd',
    '/..;/..;/etc/passwd', '/.git/config', '/.palabre-site', '/%2egit/config', '/projets/..%c0%af../etc/passwd',
    '/%uff0e%uff0e/etc/passwd', 'http://x/../../etc/passwd',
  ];
  for (const spelling of spellings) {
    await t.test(spelling, async () => {
      const answer = await exchange(server.port, [`GET ${spelling} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`]);
      assert.ok([400, 404].includes(statusOf(answer)), answer.slice(0, 200));
      assert.ok(!answer.includes('root:'));
    });
  }
  await stillServes();
});

test('a header of 100 kB, and an address of 100 kB', async () => {
  const long = 'x'.repeat(100_000);
  assert.equal((await curl('/health', '-H', `x-long: ${long}`)).status, 431);
  assert.ok([414, 431].includes((await curl(`/${long}`)).status));
  assert.equal((await curl(`/${'x'.repeat(5_000)}`)).status, 414);
  await stillServes();
});

test('a cursor from elsewhere', async () => {
  for (let i = 0; i < 3; ++i) await server.post({ ...draft, sectionId: 'ailleurs', text: `n° ${i}` });
  const first = await (await server.get('/commentaires?sectionId=ailleurs&limit=1')).json();
  assert.equal((await server.get(`/commentaires?sectionId=ailleurs&limit=1&cursor=${first.nextCursor}`)).status, 200);
  for (const cursor of [first.nextCursor, 'abc', '%00', 'A'.repeat(3_000), '..%2f']) {
    const answer = await server.get(`/commentaires?sectionId=projets&cursor=${cursor}`);
    assert.equal(answer.status, 400);
    assert.match((await answer.json()).type, /invalid-cursor$/);
  }
});

test('request smuggling: what two servers could read differently is refused, and nothing slips through', async (t) => {
  const hidden = 'GET /health HTTP/1.1\r\nHost: x\r\n\r\n';
  const post = 'POST /commentaires HTTP/1.1\r\nHost: x\r\n';
  const cases = {
    'both lengths': `${post}Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
    'both lengths, the other way': `${post}Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\n${hidden}`,
    'two lengths': `${post}Content-Length: 0\r\nContent-Length: ${hidden.length}\r\n\r\n${hidden}`,
    'a list of lengths': `${post}Content-Length: 0, ${hidden.length}\r\n\r\n${hidden}`,
    'a signed length': `${post}Content-Length: +0\r\n\r\n${hidden}`,
    'a hexadecimal length': `${post}Content-Length: 0x0\r\n\r\n${hidden}`,
    'a huge length': `${post}Content-Length: 99999999999999999999\r\n\r\n${hidden}`,
    'an unknown coding': `${post}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${hidden}`,
    'two codings': `${post}Transfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n${hidden}`,
    'chunked twice': `${post}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
    'a space before the colon': `${post}Transfer-Encoding : chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n${hidden}`,
    'a tab in the name': `${post}Transfer\t-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
    'a folded line': `${post}X: a\r\n Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n${hidden}`,
    'chunked in HTTP/1.0': `POST /commentaires HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
    'bare line feeds': `POST /commentaires HTTP/1.1\nHost: x\nContent-Length: 0\n\n${hidden}`,
    'a bare carriage return': `${post}X: a\rTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
    'a NUL': `${post}X: a\0b\r\nContent-Length: 0\r\n\r\n${hidden}`,
    'no host': `POST /commentaires HTTP/1.1\r\nContent-Length: 0\r\n\r\n${hidden}`,
    'two hosts': `${post}Host: y\r\nContent-Length: 0\r\n\r\n${hidden}`,
    'a broken chunk size': `${post}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n${hidden}`,
    'an overflowing chunk size': `${post}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff1\r\n\r\n${hidden}`,
    'a tunnel': `CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\n\r\n${hidden}`,
    'the preface of HTTP/2': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    'another protocol': '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
  };
  for (const [name, bytes] of Object.entries(cases)) {
    await t.test(name, async () => {
      const answer = await exchange(server.port, [Buffer.from(bytes, 'latin1')]);
      const statuses = statusesOf(answer);
      assert.ok(statuses.length <= 1, answer);
      if (statuses.length === 1) assert.ok([400, 405, 408, 411, 413, 415, 501, 505].includes(statuses[0]), answer);
      assert.ok(!answer.includes('"checks"'), 'the hidden request was answered');
    });
  }
  await stillServes();
});

test('5,000 idle connections do not keep a reader out', async (t) => {
  const sockets = [];
  const open = () => new Promise((done, fail) => {
    const socket = connect(server.port, '127.0.0.1');
    socket.on('error', fail);
    socket.on('connect', () => done(socket));
    sockets.push(socket);
  });
  try {
    for (let i = 0; i < 5_000; i += 250) await Promise.all(Array.from({ length: 250 }, open));
    await stillServes();
    assert.equal((await server.post(draft)).status, 201);
  } catch (error) {
    if (error.code !== 'EMFILE') throw error;
    t.diagnostic(`this machine allows ${sockets.length} open files; tried with as many`);
    await stillServes();
  } finally {
    for (const socket of sockets) socket.destroy();
  }
});

test('pipelined requests are answered in order', async () => {
  const answer = await exchange(server.port, [
    'GET /health HTTP/1.1\r\nHost: x\r\n\r\nGET /commentaires HTTP/1.1\r\nHost: x\r\n\r\nGET /openapi.json HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
  ]);
  assert.deepEqual(statusesOf(answer), [200, 400, 200]);
});

test('every request left one line of JSON, without an address', async () => {
  await server.get('/health');
  const lines = await until(async () => {
    const text = await server.requestLog();
    return text.includes('GET /health') && text.endsWith('\n') && text.trim().split('\n');
  }, 'a line in the request log');
  for (const line of lines) {
    const record = JSON.parse(line);
    for (const name of ['time', 'request_id', 'method', 'route', 'status', 'bytes', 'duration_us']) {
      assert.ok(name in record, line);
    }
    assert.ok(!line.includes('127.0.0.1'), line);
  }
});
