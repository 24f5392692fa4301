// SPDX-License-Identifier: Apache-2.0
// Comments of the reader's own, when the server does not play along. With a real server:
// tests/e2e/own.test.mjs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { comments, pageOf, useBrowser, visit } from '../support/browser.mjs';
import { commentOf, dropped, problem, replyTo } from '../support/fake-api.mjs';

useBrowser();

const hour = 3_600_000;
const mine = commentOf(2);
const remove = 'DELETE /commentaires/' + mine.id;
const change = 'PATCH /commentaires/' + mine.id;
const gone = { status: 204, body: '' };

// A reader who wrote comment 2, with `until` to change it.
async function visitOwn(story, { until = Date.now() + hour, more = [], answers = {} } = {}) {
  const setUp = (api) => {
    api.comments = [commentOf(1), mine, ...more];
    for (const [kind, list] of Object.entries(answers)) api.next(kind, ...list);
  };
  await visit({ setUp, html: pageOf(comments('section="projets" api-key="site-key"')) }, async (tools) => {
    const token = { [mine.id]: ['the-token', new Date(until).toISOString()] };
    await tools.page.addInitScript((kept) => {
      localStorage.setItem('palabre:own:/commentaires', kept);
    }, JSON.stringify(token));
    await tools.open();
    await tools.page.getByText('Texte 1').waitFor();
    await story(tools);
  });
}

const button = (page, name) => page.getByRole('button', { name, exact: true });

test('the buttons stand under one’s own comment only, and send its token', async () => {
  await visitOwn(
    async ({ api, page }) => {
      await button(page, 'Supprimer').click();
      assert.equal(await page.locator('.actions button').filter({ hasText: 'Modifier' }).count(), 1);
      await page.getByRole('group').last().getByRole('button', { name: 'Supprimer' }).click();
      await page.getByText('Votre commentaire est supprimé.').waitFor();
      assert.equal(await page.getByText('Texte 2').count(), 0);
      await page.getByRole('heading', { name: '1 commentaire' }).waitFor();
      const [{ headers }] = api.asked(remove);
      assert.equal(headers['edit-token'], 'the-token');
      assert.equal(headers['x-api-key'], 'site-key');
    },
    { answers: { [remove]: [gone] } },
  );
});

test('when the time is over, there are no buttons and the token is forgotten', async () => {
  await visitOwn(
    async ({ page }) => {
      assert.equal(await button(page, 'Supprimer').count(), 0);
    },
    { until: Date.now() - 1 },
  );
});

test('a deletion whose answer was lost is told as done the second time', async () => {
  await visitOwn(
    async ({ api, page }) => {
      await button(page, 'Supprimer').click();
      const yes = page.getByRole('group').last().getByRole('button', { name: 'Supprimer' });
      await yes.click();
      await page.getByText('Pas de réponse.').waitFor();
      assert.equal(await page.getByText('Texte 2').count(), 1, 'nothing is taken away untold');
      await yes.click();
      await page.getByText('Votre commentaire est supprimé.').waitFor();
      assert.equal(api.asked(remove).length, 2);
    },
    { answers: { [remove]: [dropped(), problem('unknown-comment', 404)] } },
  );
});

test('one with a reply leaves its place, which goes with the reply', async () => {
  await visitOwn(
    async ({ page }) => {
      await button(page, 'Supprimer').click();
      await page.getByRole('group').last().getByRole('button', { name: 'Supprimer' }).click();
      await page.getByText('Commentaire supprimé').waitFor();
      assert.equal(await page.getByText('Texte 2').count(), 0);
      assert.equal(await page.getByText('Texte 3').count(), 1);
    },
    { more: [replyTo(2, 3)], answers: { [remove]: [gone] } },
  );
});

test('a change that is refused keeps the text and says why', async () => {
  const later = { 'retry-after': '600' };
  await visitOwn(
    async ({ api, page }) => {
      await button(page, 'Modifier').click();
      const form = page.locator('form.own');
      await form.locator('textarea').fill('Autre texte');
      const save = form.getByRole('button', { name: 'Enregistrer' });
      await save.click();
      await form.getByText('Trop de demandes à la fois. Réessayez dans 10 minutes.').waitFor();
      await save.click();
      await form.getByText('Ce commentaire ne peut plus être changé.').waitFor();
      assert.equal(await form.locator('textarea').inputValue(), 'Autre texte');
      await save.click();
      await page.getByText('Votre commentaire est modifié.').waitFor();
      assert.deepEqual(
        api.asked(change).map(({ body }) => JSON.parse(body)),
        Array(3).fill({ text: 'Autre texte' }),
      );
      await page.getByRole('article').getByText('Autre texte').waitFor();
    },
    {
      answers: {
        [change]: [
          problem('too-many-requests', 429, {}, later),
          problem('edit-refused', 403),
          { status: 200, body: { ...mine, text: 'Autre texte', html: '<p>Autre texte</p>' } },
        ],
      },
    },
  );
});

test('a changed comment that is held leaves the page', async () => {
  await visitOwn(
    async ({ page }) => {
      await button(page, 'Modifier').click();
      const form = page.locator('form.own');
      await form.locator('textarea').fill('http://a.example http://b.example');
      await form.getByRole('button', { name: 'Enregistrer' }).click();
      await page.getByText('Merci ! Votre commentaire attend d’être relu.').waitFor();
      assert.equal(await page.getByRole('article').count(), 1);
    },
    { answers: { [change]: [{ status: 202, body: mine }] } },
  );
});
