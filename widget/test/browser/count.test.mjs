// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageOf, useBrowser, visit } from '../support/browser.mjs';
import { commentOf, problem } from '../support/fake-api.mjs';

useBrowser();

const counts = 'GET /commentaires/counts';
const count = (section, more = '') => `<palabre-count section="${section}" ${more}>…</palabre-count> `;
const setUp = (api) => {
  api.comments = [1, 2, 3].map((number) => commentOf(number));
};

test('all counts of a page are asked for at once', async () => {
  const html = pageOf(
    count('projets') + count('projets', 'format="number"') + count('cv') + count('projets', 'lang="en"'),
  );
  await visit({ html, setUp }, async ({ api, page, open }) => {
    await open();
    await page.getByText('3 comments', { exact: true }).waitFor();
    const shown = await page.locator('palabre-count').allTextContents();
    assert.deepEqual(shown, ['3 commentaires', '3', '0 commentaire', '3 comments']);
    const requests = api.asked(counts);
    assert.equal(requests.length, 1);
    assert.deepEqual(requests[0].url.searchParams.getAll('sectionId'), ['projets', 'cv']);
  });
});

test('more than a request may ask for takes two', async () => {
  const html = pageOf(Array.from({ length: 101 }, (_, number) => count(`s${number}`)).join(''));
  await visit({ html }, async ({ api, page, open }) => {
    await open();
    await page.waitForFunction(
      () => [...document.querySelectorAll('palabre-count')].every(({ total }) => total === 0),
    );
    const asked = api.asked(counts).map(({ url }) => url.searchParams.getAll('sectionId').length);
    assert.deepEqual(asked, [100, 1]);
  });
});

test('an attribute that changes asks anew; without an answer the page’s own text stays', async () => {
  const answers = (api) => {
    setUp(api);
    api.next(counts, problem('store-unavailable', 503));
  };
  await visit({ html: pageOf(count('cv')), setUp: answers }, async ({ api, page, open }) => {
    await open();
    while (!api.asked(counts).length) await page.evaluate(() => new Promise(requestAnimationFrame));
    assert.equal(await page.locator('palabre-count').textContent(), '…');
    await page.evaluate(() => (document.querySelector('palabre-count').section = 'projets'));
    await page.getByText('3 commentaires').waitFor();
  });
});
