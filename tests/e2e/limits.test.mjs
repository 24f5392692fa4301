// SPDX-License-Identifier: Apache-2.0
// A client that asks too often is told to wait, and nobody else is; proxies are believed only when
// the owner trusts them; and no address is left on the disk.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { breaches } from './support/contract.mjs';
import { exchange, statusOf } from './support/raw.mjs';
import { Server, draft, until } from './support/server.mjs';

const run = promisify(execFile);

// So few that a handful of requests uses them up; one comes back each second.
const fiveRequests = 'requests_per_second = 1\nrequests_burst = 5';

async function withServer(options, body) {
  const server = await Server.start(options);
  try { await body(server); } finally { await server.close(); }
}

// Status and headers, asked from that address of this machine.
async function curl(server, path, { from = '127.0.0.1', headers = [] } = {}) {
  const { stdout } = await run('curl', [
    '-s', '-o', '/dev/null', '-D', '-', '--interface', from, ...headers.flatMap((h) => ['-H', h]), server.http + path,
  ]);
  const lines = stdout.trim().split('\r\n');
  const fields = Object.fromEntries(lines.slice(1).map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  }));
  return { status: Number(lines[0].split(' ')[1]), fields };
}

// Asks until it is refused; how often it was not.
async function exhaust(ask, most = 200) {
  for (let served = 0; served < most; ++served) {
    const answer = await ask();
    if (answer.status === 429) return { served, answer };
    assert.equal(answer.status, 200);
  }
  throw new Error(`${most} requests, and no refusal`);
}

test('one address is told to wait, another is served', async () => {
  await withServer({ limits: fiveRequests }, async (server) => {
    const { served, answer } = await exhaust(() => curl(server, '/health'));
    assert.ok(served >= 5, `${served} served`);
    assert.equal(answer.fields['retry-after'], '1');
    assert.equal(answer.fields['ratelimit-policy'], '"requests";q=5;w=5');
    assert.equal(answer.fields.ratelimit, '"requests";r=0;t=1');
    assert.equal(answer.fields['content-type'], 'application/problem+json');
    const other = await curl(server, '/health', { from: '127.0.0.2' });
    assert.equal(other.status, 200);
    assert.equal(other.fields.ratelimit, undefined);
    // Who waits for as long as it was told is served again.
    await until(async () => (await curl(server, '/health')).status === 200, 'a token', 5_000);
    const counted = await (await fetch(server.metrics)).text();
    assert.match(counted, /^palabre_requests_rate_limited_total\{by="client"\} [1-9]/m);
  });
});

test('the refusal is as the contract has it, for files as for comments', async () => {
  await withServer({ limits: fiveRequests }, async (server) => {
    await exhaust(() => server.get('/health'));
    const refused = await until(async () => {
      const answer = await server.get('/commentaires?sectionId=projets');
      return answer.status === 429 && answer;
    }, 'a refusal');
    assert.deepEqual(await breaches(refused, '/commentaires', 'get'), []);
    assert.equal((await until(async () => {
      const answer = await server.get('/');
      return answer.status === 429 && answer;
    }, 'a refusal of a file')).headers.get('content-type'), 'application/problem+json');
  });
});

test('0 turns the limit off', async () => {
  await withServer({ limits: 'requests_per_second = 0\nrequests_burst = 1' }, async (server) => {
    for (let i = 0; i < 50; ++i) assert.equal((await server.get('/health')).status, 200);
    assert.doesNotMatch(await (await fetch(server.metrics)).text(), /rate_limited_total{by="client"}/);
  });
});

test('X-Forwarded-For means nothing from somebody who is not trusted', async () => {
  await withServer({ limits: fiveRequests }, async (server) => {
    let n = 0;
    const { served } = await exhaust(() => curl(server, '/health', { headers: [`X-Forwarded-For: 192.0.2.${++n}`] }));
    assert.ok(served < 50, `${served} served under names of their own`);
  });
});

test('a trusted proxy asks for its readers, each with a limit of its own', async () => {
  await withServer({ limits: fiveRequests, server: 'trusted_proxies = ["127.0.0.1"]' }, async (server) => {
    const as = (...chain) => curl(server, '/health', { headers: [`X-Forwarded-For: ${chain.join(', ')}`] });
    const { served } = await exhaust(() => as('203.0.113.77'));
    assert.ok(served >= 5);
    assert.equal((await as('203.0.113.78')).status, 200);
    // A name that the reader has put before its own does not make it another.
    await exhaust(() => as('198.51.100.9', '203.0.113.79'));
    await until(async () => (await as('198.51.100.10', '203.0.113.79')).status === 429, 'a refusal under a second name');
    // Who is not the proxy cannot speak for others.
    let n = 0;
    await exhaust(() => curl(server, '/health', {
      from: '127.0.0.2', headers: [`X-Forwarded-For: 192.0.2.${++n}`],
    }));
  });
});

test('pages behind a proxy that speaks https may post', async () => {
  for (const [trusted, status] of [['["127.0.0.1"]', 201], ['[]', 403]]) {
    await withServer({ server: `trusted_proxies = ${trusted}` }, async (server) => {
      const body = JSON.stringify(draft);
      const answer = await exchange(server.port, [
        'POST /commentaires HTTP/1.1\r\nHost: blog.example\r\nContent-Type: application/json\r\n'
        + `Origin: https://blog.example\r\nX-Forwarded-For: 203.0.113.77\r\nX-Forwarded-Proto: https\r\n`
        + `Connection: close\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      ]);
      assert.equal(statusOf(answer), status, answer);
    });
  }
});

test('a flood of bytes that are no request is hung up on, and counted', async () => {
  await withServer({ limits: fiveRequests }, async (server) => {
    const answers = [];
    for (let i = 0; i < 40; ++i) answers.push(statusOf(await exchange(server.port, ['nonsense\r\n\r\n'])));
    assert.deepEqual(answers.slice(0, 5), [400, 400, 400, 400, 400]);
    assert.ok(answers.filter((status) => status === 0).length > 20, answers.join(' '));
    assert.equal((await curl(server, '/health', { from: '127.0.0.2' })).status, 200);
    const counted = await (await fetch(server.metrics)).text();
    assert.match(counted, /rate_limited_total\{by="unserved"\} [1-9]/);
    assert.match(counted, /rate_limited_total\{by="connection"\} [1-9]/);
  });
});

// Every file of the folder, as bytes.
async function bytesIn(folder) {
  const found = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) found.push([entry.name, await readFile(join(entry.parentPath ?? entry.path, entry.name))]);
  }
  return found;
}

test('no address of a reader reaches the disk', async () => {
  await withServer({ limits: fiveRequests, server: 'trusted_proxies = ["127.0.0.1"]' }, async (server) => {
    const address = '203.0.113.77';
    const headers = { 'x-forwarded-for': address };
    assert.equal((await server.post({ ...draft, text: 'Qui suis-je ?' }, headers)).status, 201);
    await exhaust(() => server.get('/health', headers));
    await server.stop();
    const files = await bytesIn(server.folder);
    assert.ok(files.some(([, bytes]) => bytes.includes('Qui suis-je ?')), 'the comment is there');
    assert.ok(files.some(([, bytes]) => bytes.includes('"status":429')), 'the refusal is in the log');
    for (const [name, bytes] of files) {
      assert.ok(!bytes.includes(address), name);
      assert.ok(!bytes.includes(Buffer.from([203, 0, 113, 77])), `${name}, in binary`);
    }
  });
});
