// SPDX-License-Identifier: Apache-2.0
// From a folder into a table and back, interrupted by kill -9, with as many comments as
// E2E_MOVED_COMMENTS says: 100,000 by `./check --soak`. And two servers on one table.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { DynamoDb } from './support/dynamodb.mjs';
import { Server, draft, program, settingsFree, until } from './support/server.mjs';

const comments = Number(process.env.E2E_MOVED_COMMENTS ?? 4_000);
const run = promisify(execFile);

let database;
let folder;
let environment;
before(async () => {
  database = await DynamoDb.start();
  folder = await mkdtemp(join(tmpdir(), 'palabre-move-'));
  environment = {
    AWS_ENDPOINT_URL_DYNAMODB: database.url, AWS_REGION: 'eu-west-3', AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret',
  };
});
after(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const palabre = (...args) => run(program, args, { cwd: folder, env: { ...settingsFree, ...environment }, maxBuffer: 1 << 26 });

// An export with threads, markup, held comments, and text that formats stumble over.
function exportText(count) {
  const entry = (n) => `<post dsq:id="${n}"><id/><message><![CDATA[<p>n° ${n} <b>été</b> &amp; &lt;script&gt; "😀" \\ ${'mot '.repeat(n % 60)}</p>]]></message>
<createdAt>2020-01-01T${String(Math.floor(n / 3600) % 24).padStart(2, '0')}:${String(Math.floor(n / 60) % 60).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}Z</createdAt>
<isDeleted>false</isDeleted><isSpam>false</isSpam><author><name>Zoé ${n % 7}</name></author><thread dsq:id="t${n % 40}"/>${
  n > 40 && n % 3 === 0 ? `<parent dsq:id="${n - 40}"/>` : ''}</post>`;
  const thread = (n) => `<thread dsq:id="t${n}"><id/><link>https://blog.example/page-${n}/</link><title>page ${n}</title></thread>`;
  const each = (make, size, from) => Array.from({ length: size }, (_, i) => make(i + from)).join('\n');
  return `<?xml version="1.0" encoding="utf-8"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
${each(thread, 40, 0)}\n${each(entry, count, 1)}\n</disqus>`;
}

test('a move into a table that is killed goes on, and back again nothing has changed', async () => {
  await writeFile(join(folder, 'export.xml'), exportText(comments));
  const imported = await palabre('import', 'disqus', 'export.xml');
  assert.match(imported.stdout, new RegExp(comments.toLocaleString('en').replace(',', '[,. ]?')));
  await palabre('keys', 'add', 'anna', '--role', 'moderator');
  await palabre('moderate', 'close', '/page-3');

  const words = ['move', '--from', 'sqlite:data', '--to', 'dynamodb:moved', '--create-table'];
  const child = spawn(program, words, { cwd: folder, env: { ...settingsFree, ...environment }, stdio: 'ignore' });
  const mark = () => database.call('GetItem', { TableName: 'moved', Key: { id: { S: 'move#' } }, ConsistentRead: true })
    .then(({ Item }) => Item?.commentId, () => undefined);
  await until(mark, 'a part of the comments to be there', 300_000);
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');

  // Half a home serves nobody, and is mixed with nothing.
  await writeFile(join(folder, 'half.toml'), '[server]\nhttp = ["127.0.0.1:0"]\n[site]\nfolder = ""\n[store]\nkind = "dynamodb"\ntable = "moved"\n');
  await assert.rejects(palabre('serve', '--config', 'half.toml'), /a move or a restore into the table moved is not done/);

  const moved = await palabre(...words);
  assert.match(moved.stderr, /Going on after comment /);
  const told = new RegExp(`Moved ${comments} comments, 1 audit entry, 1 key and 1 closed section`);
  assert.match(moved.stdout, told);
  assert.match(moved.stdout, /read back there, and is the same/);
  await assert.rejects(palabre(...words), /is not empty/);

  const back = await palabre('move', '--from', 'dynamodb:moved', '--to', 'sqlite:back');
  assert.match(back.stdout, told);
  // The same sum over both folders: nothing was lost or changed on either way.
  await writeFile(join(folder, 'data.toml'), '[backup]\nsite = false\n');
  await writeFile(join(folder, 'back.toml'), '[backup]\nsite = false\n[store]\nfolder = "back"\n');
  await palabre('backup', 'make', '--folder', 'a', '--config', 'data.toml');
  await palabre('backup', 'make', '--folder', 'b', '--config', 'back.toml');
  const sums = await Promise.all(['a', 'b'].map(async (place) => {
    const { stdout } = await run('sh', ['-c', `cat ${place}/*/*.jsonl.zst | sha256sum`], { cwd: folder });
    return stdout;
  }));
  assert.equal(sums[0], sums[1]);
});

test('two servers share a table', async () => {
  const table = await database.createTable();
  const extra = `kind = "dynamodb"\ntable = "${table}"`;
  const one = await Server.start({ store: extra, environment, site: '' });
  const other = await Server.start({ store: extra, environment, site: '' });
  try {
    const list = async (server) => (await (await server.get('/commentaires?sectionId=projets')).json());
    assert.equal((await list(other)).total, 0);
    const posted = await (await one.post(draft, { 'idempotency-key': 'k' })).json();
    assert.deepEqual((await list(one)).comments.map(({ id }) => id), [posted.id]);
    // Kept pages of the other are swept: what was posted here is seen there.
    await until(async () => (await list(other)).total === 1, 'the other server to show the comment', 10_000);
    const again = await other.post(draft, { 'idempotency-key': 'k' });
    assert.equal((await again.json()).id, posted.id);
    await one.restart('SIGKILL');
    assert.equal((await list(one)).total, 1);
    assert.equal((await (await one.get('/health')).json()).status, 'ok');
  } finally {
    await one.close();
    await other.close();
  }
});

test('the terminal knows a table when it is told of one', async () => {
  const table = await database.createTable();
  await writeFile(join(folder, 'table.toml'), `[site]\nfolder = ""\n[backup]\nsite = false\n[store]\nkind = "dynamodb"\ntable = "${table}"\n`);
  const settings = ['--config', 'table.toml'];
  assert.match((await palabre('config', 'check', ...settings)).stdout, new RegExp(`database  the table ${table} of DynamoDB`));
  const seen = await palabre('doctor', ...settings).catch((error) => error);
  assert.match(seen.stdout, new RegExp(`the table ${table} of DynamoDB serves`));
  await palabre('keys', 'add', 'anna', ...settings);
  assert.match((await palabre('keys', 'list', ...settings)).stdout, /anna/);
  await palabre('moderate', 'close', '/page-1', ...settings);
  await palabre('backup', 'make', '--folder', 'of-table', ...settings);
  await assert.rejects(palabre('restore', 'latest', '--folder', 'of-table', ...settings), /restore to an empty one by --to dynamodb:TABLE/);
  await assert.rejects(palabre('restore', 'latest', '--folder', 'of-table', '--to', `dynamodb:${table}`, ...settings), /is not empty/);
  const other = await database.createTable();
  await palabre('restore', 'latest', '--folder', 'of-table', '--to', `dynamodb:${other}`, ...settings);
  const { Item } = await database.call('GetItem', { TableName: other, Key: { id: { S: 'section#/page-1' } } });
  assert.equal(Item.closed.BOOL, true);
  assert.equal((await database.call('GetItem', { TableName: other, Key: { id: { S: 'move#' } } })).Item, undefined);
});

test('a table that is not there is said, with what to do', async () => {
  await writeFile(join(folder, 'none.toml'), '[server]\nhttp = ["127.0.0.1:0"]\n[site]\nfolder = ""\n[store]\nkind = "dynamodb"\ntable = "none"\n');
  await assert.rejects(palabre('serve', '--config', 'none.toml'), /the table none cannot be used: there is no table none/);
});
