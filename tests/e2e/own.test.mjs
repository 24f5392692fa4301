// SPDX-License-Identifier: Apache-2.0
// Keys, moderation and a reader's own comments, through the widget in a real browser.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { axeViolations, launch, openPage, scrollToComments } from './support/browser.mjs';
import { program, Server, settingsFree, until } from './support/server.mjs';

let server;
let browser;
let key;
const palabre = (...words) =>
  execFileSync(program, [...words, '--config', server.config], { encoding: 'utf8', env: settingsFree });

before(async () => {
  server = await Server.start({
    rules: '[posting]\nopen_sections = ["bilan"]\n[moderation]\nhold_sections = ["entreprise"]\nmin_seconds = 0',
  });
  key = palabre('keys', 'add', 'site').trim();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

async function visit(path, withKey = true) {
  const page = await openPage(browser, server.http + path);
  const element = await scrollToComments(page);
  if (withKey) await element.evaluate((one, value) => one.setAttribute('api-key', value), key);
  page.setDefaultTimeout(15_000);
  return { page, element };
}

async function write(element, text) {
  await element.getByLabel('Nom').first().fill('Camille');
  await element.locator('textarea').first().fill(text);
  await element.getByRole('button', { name: 'Publier' }).first().click();
}

test('without a key a post is refused and told; with one it is published, edited and deleted', async () => {
  const without = await visit('/missions/', false);
  await write(without.element, 'Sans clé');
  await without.element.getByText('n’a pas la bonne clé').waitFor();

  const { page, element } = await visit('/missions/');
  await write(element, 'Avec clé');
  await element.getByText('Votre commentaire est publié.').waitFor();
  await element.getByRole('button', { name: 'Modifier' }).click();
  const form = element.getByRole('group', { name: 'Modifier votre commentaire' });
  await form.locator('textarea').fill('Avec une **autre** clé');
  assert.deepEqual(await axeViolations(page), []);
  await form.getByRole('button', { name: 'Enregistrer' }).click();
  await element.locator('article strong', { hasText: 'autre' }).waitFor();
  await element.getByRole('button', { name: 'Supprimer' }).click();
  const ask = element.getByRole('group', { name: 'Supprimer votre commentaire' });
  assert.deepEqual(await axeViolations(page), []);
  await ask.getByRole('button', { name: 'Supprimer' }).click();
  await element.getByText('Votre commentaire est supprimé.').waitFor();
  assert.equal(await element.locator('article').count(), 0);
  assert.deepEqual(page.complaints, []);
});

test('a deleted comment with a reply leaves a quiet line; in an open section nobody needs a key', async () => {
  const { page, element } = await visit('/bilan/', false);
  await write(element, 'Une question');
  await element.getByRole('button', { name: 'Répondre à Camille' }).click();
  const form = element.getByRole('group', { name: 'Répondre à Camille' });
  await form.locator('textarea').fill('Une réponse');
  await form.getByRole('button', { name: 'Publier' }).click();
  await element.locator('article', { hasText: 'Une réponse' }).waitFor();
  await element.getByRole('button', { name: 'Supprimer' }).first().click();
  await element.getByRole('group', { name: 'Supprimer' }).getByRole('button', { name: 'Supprimer' }).click();
  await element.getByText('Commentaire supprimé').waitFor();
  await page.reload();
  await (await scrollToComments(page)).getByText('Commentaire supprimé').waitFor();
  assert.equal(await element.getByText('Une réponse').count(), 1);
  assert.deepEqual(await axeViolations(page), []);
});

test('what is held appears when a moderator publishes it; what fills the trap is spam', async () => {
  const { page, element } = await visit('/entreprise/');
  await write(element, 'À relire');
  await element.getByText('attend d’être relu').waitFor();
  palabre('moderate', 'publish', '--all', 'held');
  // A server looks once a second whether another process wrote; until then its cache answers.
  await until(async () => {
    await page.reload();
    await scrollToComments(page);
    await element.locator('article').or(element.getByText('Personne n’a encore')).first().waitFor();
    return element.locator('article', { hasText: 'À relire' }).count();
  }, 'the published comment');
  const trap = element.locator('[name=email]');
  assert.equal(await trap.isVisible(), false);
  await element.evaluate((one, value) => one.setAttribute('api-key', value), key);
  await trap.first().evaluate((input) => { input.value = 'bot@example.org'; });
  await write(element, 'Achetez');
  await element.getByText('attend d’être relu').waitFor();
  assert.match(palabre('moderate', 'list', '--status', 'spam'), /Achetez/);
});

test('a closed section says so, and has no form', async () => {
  palabre('moderate', 'close', 'competences');
  await until(async () => (await (await server.get('/commentaires?sectionId=competences')).json()).closed, 'closed');
  const { page, element } = await visit('/competences/', false);
  await element.getByText('Cette discussion est close.').waitFor();
  assert.equal(await element.getByRole('button', { name: 'Publier' }).count(), 0);
  assert.deepEqual(await axeViolations(page), []);
});
