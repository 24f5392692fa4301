// SPDX-License-Identifier: Apache-2.0
// A real browser before the deployed architecture: to it, the pages come from the distribution's own name, with
// all that CloudFront sends. test_browser.py says where that is.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { axeViolations, launch, openPage, scrollToComments } from '../../../tests/e2e/support/browser.mjs';

const { PROOF_HOST: host, PROOF_HTTP: http, PROOF_HTTPS: https, PROOF_PICTURE: picture } = process.env;
const site = `https://${host}`;
const pages = ['/', '/entreprise/', '/missions/', '/projets/', '/competences/', '/bilan/'];
const viewports = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 900 } };

// An answer may come from the edge for some seconds after a comment: whoever wants to see it asks again.
const PATIENCE_MS = 30_000;

// A form that is filled in within three seconds (min_seconds of the settings) waits for a moderator.
const WRITING_MS = 3_500;

let browser;
before(async () => {
  browser = await launch([
    '--ignore-certificate-errors',
    `--host-resolver-rules=MAP ${host}:80 127.0.0.1:${http}, MAP ${host}:443 127.0.0.1:${https}`,
  ]);
});
after(() => browser?.close());

async function visit(path, options) {
  const page = await openPage(browser, site + path, options);
  page.setDefaultTimeout(PATIENCE_MS);
  return { page, element: await scrollToComments(page) };
}

async function write(form, author, text) {
  if (author) await form.getByLabel('Nom').first().fill(author);
  await form.locator('textarea').first().fill(text);
  await form.page().waitForTimeout(WRITING_MS);
  await form.getByRole('button', { name: 'Publier' }).first().click();
}

// untilReaders PATH WANTED: somebody else, whose list the edge may still keep, sees what is wanted.
async function untilReaders(path, wanted) {
  const { page, element } = await visit(path);
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    await element.locator('article').or(element.getByText('Personne n’a encore')).first().waitFor();
    if (await wanted(element)) break;
    assert.ok(Date.now() < deadline, `not seen: ${await element.innerText()}`);
    await page.waitForTimeout(500);
    await page.reload();
    await scrollToComments(page);
  }
  assert.deepEqual(page.complaints, []);
  await page.context().close();
}

test('the headers of the edge are in force, for pages, scripts and comments', async () => {
  const { page, element } = await visit('/projets/');
  await element.locator('textarea').first().waitFor();
  assert.equal(await page.evaluate(() => origin), site);
  const answer = await page.reload();
  assert.match(answer.headers()['strict-transport-security'], /^max-age=[1-9]/);
  assert.match(answer.headers().via, /CloudFront/);
  assert.deepEqual(page.complaints, []);
  const refused = page.evaluate(() => { document.body.innerHTML = '<p>injected</p>'; });
  await assert.rejects(refused, /TrustedHTML/);
  await page.context().close();
});

test('HTTP is sent to HTTPS', async () => {
  const page = await browser.newPage();
  const answer = await page.goto(`http://${host}/bilan/?a=b`);
  assert.equal(page.url(), `${site}/bilan/?a=b`);
  const sent = await answer.request().redirectedFrom().response();
  assert.equal(sent.status(), 301);
  // Of the edge, and not of what the browser remembers.
  assert.equal(sent.headers()['x-cache'], 'Redirect from cloudfront');
  await page.close();
});

test('a comment is posted and answered, changed and deleted, and the next reader sees each of it', async () => {
  const { page, element } = await visit('/projets/');
  // What somebody has said before would wait for a moderator too.
  const word = randomUUID();
  await write(element, 'Camille', `Très *beau* projet ! ${word}`);
  await element.getByText(`Très beau projet ! ${word}`).waitFor();
  assert.equal(await element.locator('em').first().innerText(), 'beau');
  await untilReaders('/projets/', (theirs) => theirs.getByText(word).count());

  await element.getByRole('button', { name: 'Répondre à Camille' }).first().click();
  const answer = `Merci pour ce retour sur ${word}`;
  await write(element.getByRole('group', { name: 'Répondre à Camille' }), '', answer);
  await element.locator('article', { hasText: answer }).first().waitFor();
  await untilReaders('/projets/', (theirs) => theirs.getByText(answer).count());

  await element.getByRole('button', { name: 'Modifier' }).last().click();
  const form = element.getByRole('group', { name: 'Modifier votre commentaire' });
  await form.locator('textarea').fill('Merci, **vraiment**');
  assert.deepEqual(await axeViolations(page), []);
  await form.getByRole('button', { name: 'Enregistrer' }).click();
  await element.locator('article strong', { hasText: 'vraiment' }).waitFor();
  await untilReaders('/projets/', (theirs) => theirs.locator('article strong', { hasText: 'vraiment' }).count());
  await page.screenshot({ path: picture });

  await element.getByRole('button', { name: 'Supprimer' }).last().click();
  const ask = element.getByRole('group', { name: 'Supprimer votre commentaire' });
  await ask.getByRole('button', { name: 'Supprimer' }).click();
  await element.getByText('Votre commentaire est supprimé.').waitFor();
  await untilReaders('/projets/', async (theirs) => await theirs.getByText('vraiment').count() === 0);
  assert.equal(await element.getByText(word).count(), 1);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('a text is shown before it is posted', async () => {
  const { page, element } = await visit('/missions/');
  await element.locator('textarea').first().fill('Ce sera **gras**');
  await element.getByRole('button', { name: 'Aperçu' }).first().click();
  await element.locator('strong', { hasText: 'gras' }).waitFor();
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('an address that is nowhere has the 404 page of the site, and it looks like the others', async () => {
  const page = await openPage(browser, `${site}/nulle/part/`);
  const styled = await page.evaluate(() => [...document.styleSheets].flatMap((each) => [...each.cssRules]).length);
  assert.ok(styled > 0);
  assert.deepEqual(await axeViolations(page), []);
  // Chromium tells of every 404; nothing else.
  assert.equal(page.complaints.length, 1);
  assert.match(page.complaints[0], /status of 404/);
  await page.context().close();
});

for (const [device, viewport] of Object.entries(viewports)) {
  test(`axe finds nothing on any page, and nothing is wider than a ${device}`, async () => {
    for (const path of pages) {
      const page = await openPage(browser, site + path, { viewport });
      const elements = page.locator('palabre-comments');
      for (let i = 0; i < await elements.count(); ++i) {
        await (await scrollToComments(page, i)).locator('textarea').first().waitFor();
      }
      assert.deepEqual(await axeViolations(page), [], path);
      assert.deepEqual(page.complaints, [], path);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, path);
      await page.context().close();
    }
  });
}
