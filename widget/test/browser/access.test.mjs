// SPDX-License-Identifier: Apache-2.0
// For everyone: axe-core finds nothing, on a desk and on a phone, by day and by night.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { comments, pageOf, useBrowser, visit } from '../support/browser.mjs';
import { commentOf, replyTo } from '../support/fake-api.mjs';

useBrowser();

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const longWord = 'Donaudampfschifffahrt'.repeat(20);

const setUp = (api) => {
  api.pageCss = ':root { color-scheme: light dark } body { margin: 0 }';
  api.comments = [
    commentOf(1, { website: 'https://zoe.example', verified: true }),
    ...[2, 3, 4, 5, 6, 7, 8].map((number) => replyTo(number - 1, number)),
    commentOf(20, { author: longWord.slice(0, 80), html: `<p>${longWord}</p><pre><code>${longWord}</code></pre>` }),
    commentOf(21, { html: '<blockquote><p>Un</p></blockquote><ul><li>deux</li></ul><p><a href="/x">x</a> <code>y</code></p>' }),
  ];
};

async function violations(page) {
  // Through the debugger, which the page's policy does not bind.
  await page.evaluate(axe);
  const { violations: found } = await page.evaluate(() => globalThis.axe.run());
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

const views = {
  'light desk': { colorScheme: 'light', viewport: { width: 1280, height: 900 } },
  'dark desk': { colorScheme: 'dark', viewport: { width: 1280, height: 900 } },
  'light phone': { colorScheme: 'light', viewport: { width: 390, height: 844 }, isMobile: true },
  'dark phone': { colorScheme: 'dark', viewport: { width: 390, height: 844 }, isMobile: true },
  'smallest phone': { colorScheme: 'light', viewport: { width: 320, height: 640 }, isMobile: true },
};

for (const [name, view] of Object.entries(views)) {
  test(name, async () => {
    const html = pageOf(`<h1>Page</h1>${comments()}`);
    await visit({ html, setUp, ...view }, async ({ page, open }) => {
      await open();
      await page.getByRole('article').first().waitFor();
      assert.deepEqual(await violations(page), []);
      // A reply under way, errors shown, a preview, a comment just posted.
      await page.getByRole('button', { name: 'Publier' }).click();
      await page.getByText('Écrivez quelque chose').first().waitFor();
      const answer = page.locator('li').first();
      await answer.getByRole('button', { name: 'Répondre' }).first().click();
      await answer.locator('textarea').fill('Une **réponse**');
      await answer.getByRole('button', { name: 'Aperçu' }).click();
      await page.locator('.preview em').waitFor();
      assert.deepEqual(await violations(page), []);
      await answer.getByLabel('Nom').fill('Zoé');
      await answer.getByRole('button', { name: 'Publier' }).click();
      await page.locator('.new').waitFor();
      assert.deepEqual(await violations(page), []);
      const [content, screen] = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return [scrollWidth, clientWidth];
      });
      assert.ok(content <= screen, `${content} > ${screen}`);
      const tooSmall = await page.locator('button:visible, input:visible').evaluateAll((all) =>
        all.filter((one) => one.offsetHeight < 44 || one.offsetWidth < 44).map((one) => one.outerHTML),
      );
      assert.deepEqual(tooSmall, []);
    });
  });
}
