// SPDX-License-Identifier: Apache-2.0
// A disk that is full at every stage: what is answered, what is lost (nothing), and what comes back by itself.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { breaches } from './support/contract.mjs';
import { Server, draft, program, settingsFree, until } from './support/server.mjs';
import { SmallDisk } from './support/small-disk.mjs';

const probe = await SmallDisk.mount(1);
await probe?.unmount();
const skip = probe === undefined && 'no disk can be mounted here: only root may';
if (skip && process.env.CI) throw new Error('in continuous integration these tests must run, as root');

const megabytes = 48;
const longText = 'x'.repeat(9000);
const outcome = (...args) => new Promise((done) => {
  execFile(program, args, { env: settingsFree }, (error, output, complaints) => {
    done({ code: error?.code ?? 0, output, complaints });
  });
});

describe('a full disk', { skip }, () => {
  let disk;
  let folder;
  let server;

  beforeEach(async () => {
    disk = await SmallDisk.mount(megabytes);
    folder = await mkdtemp(join(tmpdir(), 'palabre-full-'));
    await mkdir(join(disk.folder, 'data'), { mode: 0o700 });
    symlinkSync(join(disk.folder, 'data'), join(folder, 'data'));
  });
  afterEach(async () => {
    await server?.close();
    server = undefined;
    await disk.unmount();
    await rm(folder, { recursive: true });
  });

  const start = async (options = {}) => {
    server = await Server.start({ folder, site: '', limits: 'requests_per_second = 0\nposts_per_minute = 0\nsection_posts_per_minute = 0', ...options });
  };
  const config = () => join(folder, 'palabre.toml');
  const dataFiles = () => readdirSync(join(disk.folder, 'data')).sort();
  const post = (text) => server.post({ ...draft, text }, { 'idempotency-key': text.split(' ')[0] });
  const listed = async () => (await server.get('/commentaires?sectionId=projets&limit=100')).json();
  const health = async () => {
    const answer = await server.get('/health');
    return { code: answer.status, ...(await answer.json()) };
  };

  async function postUntilRefused() {
    const stored = [];
    for (let n = 0; n < 10_000; ++n) {
      const text = `${n} ${longText}`;
      const answer = await post(text);
      if (answer.status === 201) stored.push((await answer.json()).id);
      else {
        assert.equal(answer.status, 503);
        assert.deepEqual(await breaches(answer.clone(), '/commentaires', 'post'), []);
        assert.ok(stored.length > 3, `${stored.length} stored before the disk was full`);
        return { stored, refused: answer, text };
      }
    }
    throw new Error('the disk never became full');
  }

  async function allIds() {
    const ids = [];
    let cursor = '';
    do {
      const page = await (await server.get(`/commentaires?sectionId=projets&limit=100${cursor}`)).json();
      ids.push(...page.comments.map((comment) => comment.id));
      cursor = page.nextCursor ? `&cursor=${page.nextCursor}` : '';
    } while (cursor);
    return ids.sort();
  }

  async function assertSound() {
    const { output } = await outcome('doctor', '--json', '--config', config());
    const database = JSON.parse(output).findings.filter((finding) => finding.subject === 'database');
    assert.deepEqual(database.map((finding) => finding.severity), ['ok'], output);
  }

  test('refuses posts, serves readers, and takes posts again by itself', async () => {
    await start();
    assert.equal((await health()).status, 'ok');
    disk.fill(2048);
    const { stored, refused, text } = await postUntilRefused();
    assert.ok(Number(refused.headers.get('retry-after')) > 0);
    assert.equal((await refused.json()).type, 'urn:palabre:problem:store-unavailable');
    assert.deepEqual(await allIds(), [...stored].sort());
    const ill = await health();
    assert.deepEqual(
      [ill.code, ill.status, ill.checks.disk.status, ill.checks.store.status], [200, 'degraded', 'failing', 'ok'],
    );
    assert.equal((await outcome('doctor', '--config', config())).code, 1);
    assert.match(await (await fetch(server.metrics)).text(), /^palabre_disk_writable 0$/m);

    disk.free();
    await until(async () => (await health()).checks.disk.status === 'ok', 'the disk being seen to be free again');
    const retried = await post(text);
    assert.equal(retried.status, 201);
    stored.push((await retried.json()).id);
    assert.deepEqual(await allIds(), [...stored].sort());
    await assertSound();
    await server.restart();
    assert.deepEqual(await allIds(), [...stored].sort());
    await assertSound();
  });

  test('loses nothing acknowledged when the server is killed on it', async () => {
    await start();
    disk.fill(1024);
    const { stored } = await postUntilRefused();
    server.signal('SIGKILL');
    await server.exited();
    disk.free();
    await server.run();
    assert.deepEqual(await allIds(), [...stored].sort());
    await assertSound();
  });

  test('lets a server start that has its files, and serve readers', async () => {
    await start();
    const first = await (await post('bonjour')).json();
    await server.stop();
    // The log's index needs some room; without it the start says what is wrong.
    disk.fill();
    const cannot = await outcome('config', 'check', '--config', config());
    assert.equal(cannot.code, 0, cannot.complaints);
    try {
      await server.run();
      assert.equal((await listed()).comments[0].id, first.id);
      assert.equal((await post('encore')).status, 503);
    } catch {
      assert.match(server.output, /the database cannot be opened: .*(full|disk)/);
    }
    disk.free();
    await server.restart();
    assert.equal((await listed()).comments[0].id, first.id);
    assert.equal((await post('encore')).status, 201);
    await assertSound();
  });

  for (const kilobytes of [0, 4, 8, 16, 32, 48, 64, 96, 128, 192, 256]) {
    test(`leaves nothing half-made at a first start with ${kilobytes} kB, and starts once there is room`, async () => {
      disk.fill(kilobytes);
      await start().catch(() => {});
      const said = await outcome('doctor', '--json', '--config', config());
      if (server) {
        assert.equal((await server.get('/health')).status, 200);
      } else {
        assert.doesNotMatch(JSON.stringify(dataFiles()), /\.new"|edit\.key\.|\.doctor/, 'something was left aside');
        for (const name of dataFiles()) {
          if (/sqlite$|\.key$|\.crt$/.test(name)) assert.ok(statSync(join(disk.folder, 'data', name)).size > 0, `${name} is empty`);
        }
        const again = await outcome('serve', '--config', config());
        assert.equal(again.code, 1);
        assert.match(again.complaints, /^palabre: .*(full|[Nn]o space left)/);
        assert.match(again.complaints, /palabre-disk|palabre-full/, 'the sentence names a file or folder');
      }
      assert.doesNotMatch(said.output, /damaged/);
      disk.free();
      if (server) await server.restart(); else await start();
      assert.equal((await post('bonjour')).status, 201);
      await assertSound();
    });
  }

  for (const kilobytes of [0, 32, 36, 40, 44, 48, 52, 56, 60]) {
    test(`makes a secret and a certificate whole or not at all, with ${kilobytes} kB`, async () => {
      await start();
      await server.stop();
      const data = join(disk.folder, 'data');
      await rm(join(data, 'edit.secret'));
      await rm(join(data, 'tls'), { recursive: true });
      disk.fill(kilobytes);
      await server.run().catch(() => assert.match(server.output, /[Nn]o space left|disk is full|disk I\/O error/));
      const left = readdirSync(data, { recursive: true });
      assert.deepEqual(left.filter((name) => /\.new$|edit\.key\./.test(name)), [], 'left aside');
      for (const name of left.filter((each) => /\.(key|crt)$/.test(each))) {
        assert.ok(statSync(join(data, name)).size >= 32, `${name} is cut short`);
      }
      disk.free();
      await server.restart();
      assert.equal((await post('bonjour')).status, 201);
    });
  }

  test('stops an import with a sentence, and the next run goes on', async () => {
    await start();
    await server.stop();
    const export_ = join(folder, 'export.xml');
    const item = (n) => `<item><title>p</title><link>https://a.example/p${n % 7}/</link><wp:post_type>post</wp:post_type>
<wp:comment><wp:comment_id>${n}</wp:comment_id><wp:comment_author>A</wp:comment_author>
<wp:comment_date_gmt>2020-01-01 10:00:00</wp:comment_date_gmt><wp:comment_content><![CDATA[${n} ${longText}]]></wp:comment_content>
<wp:comment_approved>1</wp:comment_approved><wp:comment_parent>0</wp:comment_parent></wp:comment></item>`;
    const total = 1500;
    await writeFile(export_, `<?xml version="1.0"?><rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>t</title>
<wp:wxr_version>1.2</wp:wxr_version>${Array.from({ length: total }, (_, n) => item(n + 1)).join('\n')}</channel></rss>`);
    disk.fill(6 * 1024);
    const stopped = await outcome('import', 'wordpress', export_, '--config', config(), '--progress', 'none');
    assert.equal(stopped.code, 1);
    assert.match(stopped.complaints, /full.*Run the import again/);
    await assertSound();
    disk.free();
    const done = await outcome('import', 'wordpress', export_, '--config', config(), '--progress', 'none');
    assert.equal(done.code, 0, done.complaints);
    await server.run();
    const counts = await Promise.all(Array.from({ length: 7 }, async (_, n) => (
      (await server.get(`/commentaires?sectionId=/p${n}/&limit=1`)).json()
    )));
    assert.equal(counts.reduce((sum, page) => sum + page.total, 0), total);
    await assertSound();
  });

  test('costs lines of the log and no request', async () => {
    await start();
    const first = await (await post('bonjour')).json();
    await server.stop();
    // The log alone on the full disk.
    await rm(join(folder, 'data'));
    await rm(join(folder, 'requests.log'), { force: true });
    symlinkSync(join(disk.folder, 'requests.log'), join(folder, 'requests.log'));
    await server.run();
    disk.fill();
    for (let n = 0; n < 200; ++n) assert.equal((await server.get('/health')).status, 200);
    const dropped = async () => Number((await (await fetch(server.metrics)).text()).match(/^palabre_log_dropped_total (\d+)/m)[1]);
    await until(async () => await dropped() > 0, 'lost lines being counted');
    assert.equal((await post('bonsoir')).status, 201);
    disk.free();
    assert.ok(first.id && existsSync(join(folder, 'data', 'comments.sqlite')));
    const lost = await dropped();
    for (let n = 0; n < 20; ++n) await server.get('/health');
    await until(() => statSync(join(disk.folder, 'requests.log')).size > 0, 'lines coming again');
    assert.ok(await dropped() <= lost + 200);
  });
});
