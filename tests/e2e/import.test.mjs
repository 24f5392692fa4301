// SPDX-License-Identifier: Apache-2.0
// The import commands, from the file of another engine to the page a reader sees.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { launch, openPage, scrollToComments } from './support/browser.mjs';
import { Server, program, settingsFree, sourceRoot, until } from './support/server.mjs';

const run = promisify(execFile);
let server;
let browser;
before(async () => {
  server = await Server.start();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

const importFile = (engine, file) => run(
  program, ['import', engine, file, '--config', server.config], { env: settingsFree },
);

const wordpress = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Blog</title><wp:wxr_version>1.2</wp:wxr_version>
<item><title>Un article</title><link>https://blog.example/2020/un-article/?utm_source=x</link><wp:post_id>7</wp:post_id>
<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_author><![CDATA[Zoé]]></wp:comment_author>
<wp:comment_date_gmt>2020-05-01 10:00:00</wp:comment_date_gmt><wp:comment_content><![CDATA[Un <strong>beau</strong> billet]]></wp:comment_content>
<wp:comment_approved>1</wp:comment_approved><wp:comment_type></wp:comment_type><wp:comment_parent>0</wp:comment_parent></wp:comment>
<wp:comment><wp:comment_id>2</wp:comment_id><wp:comment_author><![CDATA[Robot]]></wp:comment_author>
<wp:comment_date_gmt>2020-05-01 11:00:00</wp:comment_date_gmt><wp:comment_content><![CDATA[à relire]]></wp:comment_content>
<wp:comment_approved>0</wp:comment_approved><wp:comment_type>comment</wp:comment_type><wp:comment_parent>1</wp:comment_parent></wp:comment>
</item></channel></rss>
`;

test('an export is brought in beside a running server and read in a browser', async () => {
  // The server has the empty page in its cache already.
  await server.get('/commentaires?sectionId=/2020/un-article');
  const file = join(server.folder, 'export.xml');
  await writeFile(file, wordpress);
  await importFile('wordpress', file);
  const list = await until(async () => {
    const page = await (await server.get('/commentaires?sectionId=/2020/un-article')).json();
    return page.total === 1 && page;
  }, 'the server to notice');
  assert.equal(list.comments[0].author, 'Zoé');
  assert.equal(list.comments[0].timestamp, '2020-05-01T10:00:00.000Z');
  await importFile('wordpress', file);
  assert.equal((await (await server.get('/commentaires?sectionId=/2020/un-article')).json()).total, 1);

  const page = await openPage(browser, `${server.http}/fil/?section=/2020/un-article`);
  const element = await scrollToComments(page);
  assert.equal(await element.locator('article strong', { hasText: 'beau' }).innerText(), 'beau');
  assert.deepEqual(page.complaints, []);
});

test('a truncated export changes nothing and says where it breaks', async () => {
  const file = join(server.folder, 'broken.xml');
  await writeFile(file, wordpress.replaceAll('2020', '2021').slice(0, -120));
  const failed = await importFile('wordpress', file).then(() => null, (error) => error);
  assert.equal(failed.code, 1);
  assert.match(failed.stderr, /line \d+/);
  assert.equal((await (await server.get('/commentaires?sectionId=/2021/un-article')).json()).total, 0);
});

test('the public exports come in whole', async (t) => {
  const folder = join(sourceRoot, '../shared/data/imports');
  if (!existsSync(folder)) return t.skip('the public exports are not at hand');
  for (const name of readdirSync(folder).filter((n) => n.endsWith('.xml'))) {
    const engine = name.startsWith('disqus') ? 'disqus' : 'wordpress';
    const { stdout } = await importFile(engine, join(folder, name));
    assert.match(stdout, /\d/);
  }
  return undefined;
});
