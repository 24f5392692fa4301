// SPDX-License-Identifier: Apache-2.0
// The demo site in a real browser: reading, posting, replying, and nothing to complain of.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axeViolations, launch, openPage, scrollToComments } from './support/browser.mjs';
import { Server } from './support/server.mjs';

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

const pages = ['/', '/entreprise/', '/missions/', '/projets/', '/competences/', '/bilan/'];

async function write(element, author, text) {
  await element.getByLabel('Nom', { exact: false }).first().fill(author);
  await element.locator('textarea').first().fill(text);
  await element.getByRole('button', { name: 'Publier' }).first().click();
}

test('a comment is posted, shown at once, and there for the next reader', async () => {
  const page = await openPage(browser, `${server.http}/projets/`);
  const element = await scrollToComments(page);
  await write(element, 'Camille', 'Très *beau* projet ! `SELECT * FROM mots;`');
  const shown = element.getByText('Très beau projet !');
  await shown.waitFor();
  assert.equal(await element.locator('em').first().innerText(), 'beau');
  assert.deepEqual(page.complaints, []);

  const reader = await openPage(browser, `${server.http}/projets/`);
  const theirs = await scrollToComments(reader);
  await theirs.getByText('Très beau projet !').waitFor();
  assert.deepEqual(reader.complaints, []);
});

test('a reply stands under what it answers', async () => {
  const page = await openPage(browser, `${server.http}/bilan/`);
  const element = await scrollToComments(page);
  await write(element, 'Tuteur', 'Une première remarque');
  await element.getByText('Une première remarque').waitFor();
  await element.getByRole('button', { name: /^Répondre/ }).first().click();
  await page.keyboard.type('Merci pour ce retour');
  const form = element.getByRole('group', { name: 'Répondre à Tuteur' });
  await form.getByRole('button', { name: 'Publier' }).click();
  await element.getByText('Merci pour ce retour').waitFor();
  const list = await (await server.get('/commentaires?sectionId=bilan')).json();
  const [reply, parent] = list.comments;
  assert.equal(reply.parentId, parent.id);
  assert.deepEqual(page.complaints, []);
});

test('over HTTPS all the same', async () => {
  const page = await openPage(browser, `${server.https}/competences/`);
  const element = await scrollToComments(page);
  await write(element, 'Alex', 'Par une connexion chiffrée');
  await element.getByText('Par une connexion chiffrée').waitFor();
  assert.deepEqual(page.complaints, []);
});

for (const scheme of ['light', 'dark']) {
  for (const [device, viewport] of [['phone', { width: 390, height: 844 }], ['desk', { width: 1280, height: 900 }]]) {
    test(`axe finds nothing on any page, ${device}, ${scheme}`, async () => {
      for (const path of pages) {
        const page = await openPage(browser, server.http + path, { viewport, colorScheme: scheme });
        const elements = page.locator('palabre-comments');
        for (let i = 0; i < await elements.count(); ++i) {
          await (await scrollToComments(page, i)).locator('textarea').first().waitFor();
        }
        assert.deepEqual(await axeViolations(page), [], path);
        assert.deepEqual(page.complaints, [], path);
        const wider = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        assert.equal(wider, false, `${path} is wider than the screen`);
        await page.context().close();
      }
    });
  }
}
