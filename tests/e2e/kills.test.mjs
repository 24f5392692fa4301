// SPDX-License-Identifier: Apache-2.0
// kill -9 in the midst of writes, again and again: E2E_KILLS times, 200 by `./check --soak`.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { Server, draft, program, settingsFree, until } from './support/server.mjs';

const kills = Number(process.env.E2E_KILLS ?? 10);
const writers = 8;
const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });

let server;
before(async () => {
  server = await Server.start({ site: '', limits: 'requests_per_second = 0\nposts_per_minute = 0\nsection_posts_per_minute = 0' });
});
after(() => server.close());

// One post under its key. What the server said, or undefined when it was gone before it spoke.
async function post(section, text) {
  try {
    const answer = await server.post({ ...draft, sectionId: section, text }, { 'idempotency-key': `${section}/${text}` });
    const stored = await answer.json();
    assert.equal(answer.status, 201, JSON.stringify(stored));
    return stored.id;
  } catch (error) {
    if (error instanceof assert.AssertionError) throw error;
    return undefined;
  }
}

// Posts until the server is killed. Gives what was acknowledged, text by text, and what was not.
async function writeUntilKilled(section, killAfterMs) {
  const acknowledged = new Map();
  const unanswered = [];
  let killed = false;
  const all = Array.from({ length: writers }, async (_, writer) => {
    for (let n = 0; !killed; ++n) {
      const text = `${writer}/${n}`;
      const id = await post(section, text);
      if (id) acknowledged.set(text, id); else unanswered.push(text);
    }
  });
  await until(() => acknowledged.size > 0, 'a first acknowledged post');
  await pause(killAfterMs);
  server.signal('SIGKILL');
  await server.exited();
  killed = true;
  await Promise.all(all);
  return { acknowledged, unanswered };
}

// A start that is killed as well: whatever it was about to mend must be mended by the next.
async function killWhileItStarts(afterMs) {
  const child = spawn(program, ['serve', '--config', server.config], { stdio: 'ignore', env: settingsFree });
  const exit = once(child, 'exit');
  await pause(afterMs);
  child.kill('SIGKILL');
  await exit;
}

async function everything(section) {
  const kept = [];
  let cursor = '';
  do {
    const page = await (await server.get(`/commentaires?sectionId=${section}&limit=100${cursor}`)).json();
    kept.push(...page.comments);
    assert.equal(page.total === undefined, false);
    cursor = page.nextCursor ? `&cursor=${page.nextCursor}` : '';
  } while (cursor);
  return kept;
}

function findingsAboutTheDatabase() {
  return new Promise((done, fail) => {
    execFile(program, ['doctor', '--json', '--config', server.config], { env: settingsFree }, (error, output) => {
      if (output === '') fail(error);
      else done(JSON.parse(output).findings.filter((finding) => finding.subject === 'database'));
    });
  });
}

async function assertWhole(section, acknowledged) {
  const kept = await everything(section);
  const byText = new Map(kept.map((comment) => [comment.text, comment.id]));
  assert.equal(byText.size, kept.length, `a comment of ${section} is there twice`);
  for (const [text, id] of acknowledged) assert.equal(byText.get(text), id, `${section} ${text} was acknowledged`);
  return kept.length;
}

test(`nothing acknowledged is lost and nothing is there twice, over ${kills} kills`, async (t) => {
  const counts = { acknowledged: 0, unanswered: 0, storedUnanswered: 0 };
  const sections = [];
  for (let round = 0; round < kills; ++round) {
    const section = `kill-${round}`;
    const { acknowledged, unanswered } = await writeUntilKilled(section, Math.random() * 150);
    if (round % 4 === 0) await killWhileItStarts(Math.random() * 30);
    await server.run();
    const stored = await assertWhole(section, acknowledged);
    const database = await findingsAboutTheDatabase();
    assert.deepEqual(database.map((finding) => finding.severity), ['ok'], JSON.stringify(database));
    counts.acknowledged += acknowledged.size;
    counts.unanswered += unanswered.length;
    counts.storedUnanswered += stored - acknowledged.size;
    // Whoever got no answer asks again, with the same key; whoever got one asks too, to be sure.
    for (const text of unanswered) acknowledged.set(text, await post(section, text));
    const [text, id] = acknowledged.entries().next().value;
    assert.equal(await post(section, text), id);
    assert.equal(await assertWhole(section, acknowledged), acknowledged.size);
    sections.push([section, acknowledged]);
  }
  // What later kills did to earlier comments.
  for (const [section, acknowledged] of sections) {
    assert.equal(await assertWhole(section, acknowledged), acknowledged.size);
  }
  t.diagnostic(`${counts.acknowledged} acknowledged before a kill, ${counts.unanswered} without an answer, `
    + `of which ${counts.storedUnanswered} were stored`);
});
