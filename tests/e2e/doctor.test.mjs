// SPDX-License-Identifier: Apache-2.0
// palabre doctor, beside a server that runs and after somebody spoiled something.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { Server, draft, program, settingsFree } from './support/server.mjs';

let server;
beforeEach(async () => { server = await Server.start({ site: '' }); });
afterEach(() => server.close());

const text = 'un commentaire que personne n\u2019a signé';

// The server listens where the kernel let it: the doctor must be told.
const doctor = (...options) => new Promise((done) => {
  const env = { ...settingsFree, PALABRE_SERVER_HTTP: new URL(server.http).host, PALABRE_SERVER_HTTPS: new URL(server.https).host };
  execFile(program, ['doctor', '--config', server.config, ...options], { env }, (error, output) => {
    done({ code: error?.code ?? 0, output });
  });
});

const found = async (subject, severity) => {
  const { output, code } = await doctor('--json');
  const report = JSON.parse(output);
  assert.equal(code, report.status === 'ok' ? 0 : 1);
  return report.findings.filter((each) => each.subject === subject && each.severity === severity);
};

test('finds a server that runs in order, over HTTP and HTTPS', async () => {
  await server.post(draft);
  const { code, output } = await doctor();
  assert.equal(code, 0, output);
  assert.match(output, /^ok +database +All of its 1 comments are sound\.$/m);
  assert.match(output, /^ok +certificate +It holds for \d+ more days, for localhost\.$/m);
  assert.equal(output.match(/^ok +server +It answers at 127\.0\.0\.1 port \d+\.$/gm)?.length, 2, output);
  assert.match(output, /\nAll is well\.\n$/);
});

test('names the comment in which a byte was flipped', async () => {
  const { id } = await (await server.post({ ...draft, text })).json();
  await server.stop();
  const file = join(server.folder, 'data', 'comments.sqlite');
  const bytes = await readFile(file);
  const at = bytes.indexOf('personne');
  assert.ok(at > 0);
  bytes[at] ^= 1;
  await writeFile(file, bytes);
  const damage = await found('database', 'wrong');
  assert.deepEqual(damage.map((each) => each.sentence), [`The comment ${id} is not as it was written.`]);
  assert.match(damage[0].advice, /restore the latest backup/);
});

test('names a database that was cut short or is something else', async () => {
  await server.post({ ...draft, text });
  await server.stop();
  const file = join(server.folder, 'data', 'comments.sqlite');
  const bytes = await readFile(file);
  await writeFile(file, bytes.subarray(0, bytes.length - 4096));
  assert.ok((await found('database', 'wrong')).length > 0);
  await writeFile(file, 'Dear diary');
  assert.match((await found('database', 'wrong'))[0].sentence, /not a SQLite database/);
});

test('names files that others may read, and a certificate without its key', async () => {
  await chmod(join(server.folder, 'data', 'edit.secret'), 0o644);
  assert.match((await found('permissions', 'wrong'))[0].sentence, /edit\.secret/);
  await writeFile(join(server.folder, 'data', 'tls', 'localhost.key'), 'nonsense');
  assert.match((await found('certificate', 'wrong'))[0].sentence, /localhost\.key is no private key/);
});

test('only notes that no server runs', async () => {
  await server.stop();
  assert.equal((await found('server', 'note')).length, 1);
  assert.equal((await doctor()).code, 0);
});
