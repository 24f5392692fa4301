// SPDX-License-Identifier: Apache-2.0
// Writing: what is sent, what is kept, and what the reader is told when it does not work.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { comments, pageOf, useBrowser, visit } from '../support/browser.mjs';
import { commentOf, dropped, problem } from '../support/fake-api.mjs';

useBrowser();

const post = 'POST /commentaires';
const oneComment = (api) => {
  api.comments = [commentOf(1)];
};

const publish = (page) => page.getByRole('button', { name: 'Publier' }).first().click();
const keysOf = (api) => api.asked(post).map(({ headers }) => headers['idempotency-key']);
const text = (page) => page.locator('textarea').first();

async function write(page) {
  await text(page).fill('Bonjour');
  await page.getByLabel('Nom').first().fill('Zoé');
}

test('a comment is sent, shown at once and announced', async () => {
  const html = pageOf(`<palabre-count section="projets"></palabre-count>${comments()}`);
  await visit({ html, setUp: oneComment }, async ({ api, page, open }) => {
    await open();
    await page.getByText('Texte 1').waitFor();
    await page.evaluate(() => {
      document.addEventListener('palabre-post', ({ detail }) => (globalThis.posted = detail));
    });
    await write(page);
    await page.getByText('Site web').first().click();
    await page.locator('[type=url]').fill('zoe.example');
    await publish(page);
    const shown = page.getByRole('article').first();
    await shown.getByText('Bonjour').waitFor();
    assert.match(await shown.getAttribute('class'), /new/);
    assert.ok(await page.locator('article:focus').getByText('Bonjour').count());
    await page.getByText('Votre commentaire est publié.').waitFor();
    await page.getByRole('heading', { name: '2 commentaires' }).waitFor();
    assert.equal(await page.locator('palabre-count').textContent(), '2 commentaires');
    const [{ body, headers }] = api.asked(post);
    const { elapsedMs, ...sent } = JSON.parse(body);
    assert.ok(elapsedMs >= 0 && elapsedMs < 60_000, `${elapsedMs}`);
    assert.deepEqual(sent, {
      sectionId: 'projets',
      author: 'Zoé',
      text: 'Bonjour',
      website: 'https://zoe.example',
    });
    assert.match(headers['idempotency-key'], /^\d+(-\d+){3}$/);
    assert.equal(headers['content-type'], 'application/json');
    const detail = await page.evaluate(() => globalThis.posted);
    assert.equal(detail.comment.text, 'Bonjour');
    assert.equal(detail.held, false);
    assert.equal(await text(page).inputValue(), '');
    // The next visit knows the name, and nothing of the draft.
    await page.reload();
    assert.equal(await page.getByLabel('Nom').inputValue(), 'Zoé');
    assert.equal(await text(page).inputValue(), '');
  });
});

test('empty fields are told before anything is sent', async () => {
  await visit({}, async ({ api, page, open }) => {
    await open();
    await publish(page);
    assert.equal(await page.locator('[aria-invalid=true]').count(), 2);
    assert.equal(await page.locator('textarea:focus').count(), 1);
    await write(page);
    await publish(page);
    await page.getByRole('article').waitFor();
    assert.equal(await page.locator('[aria-invalid]').count(), 0);
    assert.equal(api.asked(post).length, 1);
  });
});

test('bad fields are told beside them, in the reader’s language', async () => {
  const errors = [
    { field: 'author', code: 'too-long', message: 'Shorten it.', limit: 80 },
    { field: 'website', code: 'not-a-url', message: 'Give a URL.' },
    { field: 'text', code: 'from-the-future', message: 'A later rule.' },
    { field: 'parentId', code: 'not-an-id', message: 'No.' },
  ];
  const setUp = (api) => api.next(post, problem('invalid-fields', 422, { errors }));
  await visit({ setUp }, async ({ page, open }) => {
    await open();
    await write(page);
    await publish(page);
    const told = async (input) => {
      assert.equal(await input.getAttribute('aria-invalid'), 'true');
      const [id] = (await input.getAttribute('aria-describedby')).split(' ');
      return page.locator('#' + id).textContent();
    };
    await page.getByText('C’est trop long : 80 caractères au plus.').waitFor();
    assert.equal(await told(page.getByLabel('Nom')), 'C’est trop long : 80 caractères au plus.');
    assert.equal(await told(page.locator('[type=url]')), 'Écrivez une adresse comme https://example.org.');
    assert.equal(await told(text(page)), 'Ce champ contient quelque chose d’interdit.');
    await page.locator('form [role=status]').getByText('quelque chose d’interdit').waitFor();
    assert.equal(await page.locator('textarea:focus').count(), 1);
    assert.equal(await page.getByRole('button', { name: 'Réessayer' }).count(), 0);
  });
});

test('a lost answer is asked for again with the same key, and makes one comment', async () => {
  const setUp = (api) => api.next(post, dropped(true));
  await visit({ setUp }, async ({ api, page, open }) => {
    await open();
    await write(page);
    await publish(page);
    await page.getByText('Nouvel essai dans 1 s').waitFor();
    assert.equal(await page.locator('form').getAttribute('aria-busy'), 'true');
    assert.ok(await page.getByRole('button', { name: 'Publier' }).isDisabled());
    await page.getByRole('article').getByText('Bonjour').waitFor();
    const keys = keysOf(api);
    assert.equal(keys.length, 2);
    assert.equal(new Set(keys).size, 1);
    assert.equal(api.comments.length, 1);
  });
});

test('the key outlives a reload; other content gets another', async () => {
  const setUp = (api) => api.next(post, problem('internal-error', 500), problem('internal-error', 500));
  await visit({ setUp }, async ({ api, page, open }) => {
    await open();
    await write(page);
    await publish(page);
    await page.getByText('Pas de réponse. Votre texte est gardé ici.').waitFor();
    await page.reload();
    assert.equal(await text(page).inputValue(), 'Bonjour');
    await publish(page);
    await page.getByRole('button', { name: 'Réessayer' }).waitFor();
    await text(page).fill('Bonsoir');
    await page.getByRole('button', { name: 'Réessayer' }).click();
    await page.getByRole('article').getByText('Bonsoir').waitFor();
    const [first, second, third] = keysOf(api);
    assert.equal(first, second);
    assert.notEqual(second, third);
  });
});

test('after four silences the reader is asked, and the text is kept', async () => {
  const busy = problem('too-many-requests', 429, {}, { 'retry-after': '1' });
  const setUp = (api) => api.next(post, busy, busy, busy, busy);
  await visit({ setUp }, async ({ api, page, open }) => {
    await open();
    await write(page);
    await publish(page);
    await page.getByText('Trop de demandes à la fois.').waitFor();
    assert.equal(api.asked(post).length, 4);
    assert.equal(await page.locator('button:focus').textContent(), 'Réessayer');
    await page.keyboard.press('Enter');
    await page.getByRole('article').getByText('Bonjour').waitFor();
    assert.equal(new Set(keysOf(api)).size, 1);
  });
});

test('a pause that is too long is not sat through', async () => {
  const setUp = (api) => api.next(post, problem('too-many-requests', 429, {}, { 'retry-after': '3600' }));
  await visit({ setUp }, async ({ api, page, open }) => {
    await open();
    await write(page);
    await publish(page);
    await page.getByText('Trop de demandes à la fois.').waitFor();
    assert.equal(api.asked(post).length, 1);
  });
});

test('a key that the server knows with other content is given up', async () => {
  const setUp = (api) => api.next(post, problem('idempotency-conflict', 409));
  await visit({ setUp }, async ({ api, page, open }) => {
    await open();
    await write(page);
    await publish(page);
    await page.getByText('Envoi refusé.').waitFor();
    await publish(page);
    await page.getByRole('article').waitFor();
    assert.equal(new Set(keysOf(api)).size, 2);
  });
});

test('a draft is kept by section and by reply, over a reload', async () => {
  await visit({ setUp: oneComment }, async ({ page, open }) => {
    await open();
    await text(page).fill('Un début');
    await page.getByRole('button', { name: 'Répondre à' }).click();
    await page.locator('li textarea').fill('Une réponse');
    await page.reload();
    assert.equal(await text(page).inputValue(), 'Un début');
    await page.getByRole('button', { name: 'Répondre à' }).click();
    assert.equal(await page.locator('li textarea').inputValue(), 'Une réponse');
    await page.evaluate(() => document.querySelector('palabre-comments').setAttribute('section', 'cv'));
    await page.getByText('Personne').waitFor();
    assert.equal(await text(page).inputValue(), '');
  });
});

test('the preview is the server’s, and goes when the text changes', async () => {
  const setUp = (api) => api.next('POST /commentaires/preview', {}, problem('body-too-large', 413));
  await visit({ setUp }, async ({ api, page, open }) => {
    await open();
    const preview = page.getByRole('button', { name: 'Aperçu' });
    await preview.click();
    await page.getByText('Écrivez quelque chose ici.').waitFor();
    assert.equal(api.asked('POST /commentaires/preview').length, 0);
    await text(page).fill('Bonjour');
    await preview.click();
    await page.locator('.preview em').getByText('Bonjour').waitFor();
    await text(page).fill('Bonsoir');
    assert.ok(await page.locator('.preview').isHidden());
    await preview.click();
    await page.getByText('Votre commentaire est trop long.').waitFor();
    assert.equal(api.asked(post).length, 0);
  });
});

test('a reply stands under its parent; Escape and Annuler give the focus back', async () => {
  await visit({ setUp: oneComment }, async ({ api, page, open }) => {
    await open();
    const reply = page.getByRole('button', { name: 'Répondre à Amadou Diallo' });
    for (const leave of [
      () => page.keyboard.press('Escape'),
      () => page.getByRole('button', { name: 'Annuler' }).click(),
    ]) {
      await reply.click();
      assert.equal(await page.locator('li textarea:focus').count(), 1);
      await leave();
      assert.equal(await page.locator('li form').count(), 0);
      assert.equal(await page.locator('article button:focus').count(), 1);
    }
    await reply.click();
    await page.keyboard.type('Merci !');
    await page.locator('li').getByLabel('Nom').fill('Inès');
    await page.locator('li').getByRole('button', { name: 'Publier' }).click();
    const shown = page.locator('li li article');
    await shown.getByText('Merci !').waitFor();
    await shown.getByText('en réponse à Amadou Diallo').waitFor();
    assert.equal(JSON.parse(api.asked(post)[0].body).parentId, commentOf(1).id);
    assert.equal(await page.locator('li form').count(), 0);
    assert.ok(await reply.isVisible());
  });
});

test('a held comment is told and not shown', async () => {
  const held = { status: 202, body: commentOf(7, { text: 'Bonjour' }) };
  await visit({ setUp: (api) => api.next(post, held) }, async ({ page, open }) => {
    await open();
    await write(page);
    await publish(page);
    await page.getByText('Merci ! Votre commentaire attend d’être relu.').waitFor();
    assert.equal(await page.getByRole('article').count(), 0);
    assert.equal(await text(page).inputValue(), '');
    await page.getByRole('heading', { name: '0 commentaire' }).waitFor();
  });
});

test('a page can prevent a post', async () => {
  await visit({}, async ({ api, page, open }) => {
    await open();
    await page.evaluate(() => {
      document.addEventListener('palabre-before-post', (event) => {
        globalThis.draft = event.detail;
        event.preventDefault();
      });
    });
    await write(page);
    await publish(page);
    await page.waitForFunction(() => globalThis.draft?.text === 'Bonjour');
    assert.equal(await text(page).inputValue(), 'Bonjour');
    assert.equal(api.asked(post).length, 0);
  });
});

test('the count shows close to the limit', async () => {
  await visit({}, async ({ page, open }) => {
    await open();
    await text(page).fill('é'.repeat(9000));
    assert.equal(await page.getByText('/ 10000').count(), 0);
    await text(page).fill('👋'.repeat(9001));
    await page.getByText('9001 / 10000').waitFor();
    await text(page).fill('a'.repeat(10_001));
    assert.equal(await page.locator('.count.error').textContent(), '10001 / 10000');
  });
});

test('a reader whose browser keeps nothing can still write', async () => {
  await visit({}, async ({ page, open }) => {
    await page.addInitScript(() => {
      Object.defineProperty(globalThis, 'localStorage', {
        get() {
          throw new DOMException('refused', 'SecurityError');
        },
      });
    });
    await open();
    await write(page);
    await publish(page);
    await page.getByRole('article').getByText('Bonjour').waitFor();
  });
});

test('the keyboard is enough', async () => {
  await visit({ setUp: oneComment }, async ({ api, page, open }) => {
    await open();
    await page.getByText('Texte 1').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type('Au clavier');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Maud');
    await page.keyboard.press('Enter');
    await page.locator('article:focus').getByText('Au clavier').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('li textarea:focus').count(), 1);
    await page.keyboard.type('Réponse');
    for (const _ of [1, 2, 3]) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('article:focus').getByText('Réponse', { exact: true }).waitFor();
    assert.equal(api.asked(post).length, 2);
  });
});
