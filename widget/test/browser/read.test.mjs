// SPDX-License-Identifier: Apache-2.0
// Reading: what is shown, when it is asked for, and in which order.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { comments, pageOf, useBrowser, visit } from '../support/browser.mjs';
import { commentOf, dropped, problem, replyTo } from '../support/fake-api.mjs';

useBrowser();

const many = (count) => (api) => {
  api.comments = Array.from({ length: count }, (_, number) => commentOf(number));
};

test('nothing is asked for until the reader comes near', async () => {
  const html = pageOf(`<div class="tall"></div>${comments()}`);
  const setUp = (api) => {
    many(3)(api);
    api.pageCss = '.tall { height: 5000px }';
  };
  await visit({ html, setUp }, async ({ api, page, open }) => {
    await open();
    await page.getByRole('heading', { name: 'Commentaires' }).waitFor();
    // Two frames: the observer has spoken by then.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    assert.equal(api.asked('GET /commentaires').length, 0);
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await page.getByRole('heading', { name: '3 commentaires' }).waitFor();
    const [request] = api.asked('GET /commentaires');
    assert.equal(request.url.search, '?sectionId=projets');
    assert.equal(request.headers.cookie, undefined);
  });
});

test('a comment shows who, when and what', async () => {
  const setUp = (api) => {
    api.comments = [
      commentOf(1, { website: 'https://zoe.example/', html: '<p>Du <strong>gras</strong></p>' }),
      commentOf(2, { author: '<b>Pas du HTML</b>', website: 'javascript:alert(1)' }),
      commentOf(3, { verified: true, editedAt: new Date().toISOString() }),
    ];
  };
  await visit({ setUp }, async ({ page, open }) => {
    await open();
    const shown = page.getByRole('article');
    await shown.first().waitFor();
    const [newest, odd, oldest] = await shown.all();
    assert.match(await newest.textContent(), /identité vérifiée.*modifié/);
    assert.equal(await odd.locator('strong').textContent(), '<b>Pas du HTML</b>');
    assert.equal(await odd.locator('strong a').count(), 0);
    const site = oldest.locator('strong a');
    assert.equal(await site.getAttribute('href'), 'https://zoe.example/');
    assert.equal(await site.getAttribute('rel'), 'nofollow ugc noopener');
    assert.equal(await oldest.locator('.html strong').textContent(), 'gras');
    const time = oldest.locator('time');
    assert.match(await time.getAttribute('datetime'), /^20.*Z$/);
    assert.match(await time.textContent(), /mois|semaine/);
    assert.match(await time.getAttribute('title'), /20\d\d/);
  });
});

test('replies stand under their parent, oldest first; an orphan moves there when it is loaded', async () => {
  const setUp = (api) => {
    api.comments = [commentOf(1), commentOf(2), replyTo(1, 3), replyTo(1, 4), replyTo(3, 5), commentOf(6)];
  };
  await visit({ html: pageOf(comments('section="projets" page-size="4"')), setUp }, async ({ page, open }) => {
    const tree = () =>
      page.evaluate(() => {
        const read = (list) =>
          [...list.children].map((item) => {
            const inner = item.querySelector(':scope > ol');
            const note = item.querySelector('article small')?.textContent;
            const text = item.querySelector('.html').textContent.slice(6);
            return text + (note?.includes('plus ancien') ? '?' : '') + (inner.children.length ? `(${read(inner)})` : '');
          }).join(' ');
        return read(document.querySelector('palabre-comments').shadowRoot.querySelector('section > ol'));
      });
    await open();
    await page.getByRole('article').first().waitFor();
    assert.equal(await tree(), '6 4? 3?(5)');
    await page.getByRole('button', { name: 'Afficher plus' }).click();
    await page.getByText('Texte 1', { exact: true }).waitFor();
    assert.equal(await tree(), '6 2 1(3(5) 4)');
    assert.equal(await page.getByRole('button', { name: 'Afficher plus' }).count(), 0);
    // The reader stands at the first comment that is new.
    const focused = page.locator('article:focus');
    assert.match(await focused.textContent(), /Texte 2/);
    assert.equal(await page.getByText('plus ancien').count(), 0);
  });
});

test('a failure is told, and can be tried again', async () => {
  const setUp = (api) => {
    many(1)(api);
    api.next('GET /commentaires', problem('store-unavailable', 503), dropped());
  };
  await visit({ setUp }, async ({ page, open }) => {
    await page.addInitScript(() => {
      globalThis.errors = [];
      document.addEventListener('palabre-error', (event) => globalThis.errors.push(event.detail.status));
    });
    await open();
    for (const status of [503, 0]) {
      await page.getByText('Les commentaires n’ont pas pu être chargés.').waitFor();
      await page.waitForFunction((last) => globalThis.errors.at(-1) === last, status);
      await page.getByRole('button', { name: 'Réessayer' }).click();
    }
    await page.getByRole('heading', { name: '1 commentaire' }).waitFor();
    assert.equal(await page.getByText('pas pu').count(), 0);
  });
});

test('the address of a comment leads to it, through older pages', async () => {
  const html = pageOf(comments('section="projets" page-size="5"'));
  await visit({ html, setUp: many(23) }, async ({ api, page, open }) => {
    await open('/#commentaire-' + commentOf(2).id);
    await page.locator('article:focus').getByText('Texte 2', { exact: true }).waitFor();
    assert.equal(api.asked('GET /commentaires').length, 5);
    await page.locator('article').first().getByRole('link').first().click();
    await page.locator('article:focus').getByText('Texte 22').waitFor();
    assert.match(page.url(), new RegExp('#commentaire-' + commentOf(22).id));
  });
});

test('an empty section invites', async () => {
  await visit({}, async ({ page, open }) => {
    await open();
    await page.getByText('Personne n’a encore pris la parole. À vous !').waitFor();
  });
});

test('English, by the attribute and by the page', async () => {
  for (const html of [pageOf(comments('section="projets" lang="en"')), pageOf(comments(), { lang: 'en-GB' })]) {
    await visit({ html, setUp: many(1) }, async ({ page, open }) => {
      await open();
      await page.getByRole('heading', { name: '1 comment', exact: true }).waitFor();
      await page.getByRole('button', { name: 'Publish' }).waitFor();
      await page.getByText('month').or(page.getByText('weeks ago')).first().waitFor();
    });
  }
});

test('without a section, the page’s canonical path on this origin, else its path', async () => {
  const cases = [
    ['/blog//x/index.html?utm_source=y', '', '/blog/x'],
    ['/blog/x?page=2', '<link rel="canonical" href="/articles/x/">', '/articles/x'],
    ['/blog/x', '<link rel="canonical" href="https://elsewhere.example/y">', '/blog/x'],
  ];
  for (const [path, head, section] of cases) {
    await visit({ html: pageOf(comments(''), { head }) }, async ({ api, page, open }) => {
      await open(path);
      await page.getByText('Personne').waitFor();
      assert.equal(api.asked('GET /commentaires')[0].url.searchParams.get('sectionId'), section);
    });
  }
});

test('a change of attributes loads once; a removed element does nothing more', async () => {
  const setUp = (api) => {
    api.comments = [commentOf(1), commentOf(2, { sectionId: 'cv' })];
  };
  await visit({ setUp }, async ({ api, page, open }) => {
    await open();
    await page.getByText('Texte 1').waitFor();
    await page.evaluate(() => {
      const element = document.querySelector('palabre-comments');
      element.section = 'cv';
      element.setAttribute('heading-level', '3');
      element.setAttribute('readonly', '');
    });
    await page.getByText('Texte 2').waitFor();
    assert.equal(await page.getByText('Texte 1').count(), 0);
    assert.equal(await page.getByRole('heading', { level: 3 }).textContent(), '1 commentaire');
    assert.equal(await page.getByRole('button').count(), 0);
    assert.equal(await page.locator('form').count(), 0);
    assert.equal(api.asked('GET /commentaires').length, 2);
    await page.evaluate(() => document.querySelector('palabre-comments').reload());
    assert.equal(api.asked('GET /commentaires').length, 3);
    assert.equal(await page.evaluate(() => document.querySelector('palabre-comments').total), 1);
  });
});

test('listeners and timers end with the element', async () => {
  await visit({ setUp: many(2) }, async ({ page, open }) => {
    await page.addInitScript(() => {
      // Counts what listens to the window and the document, and the timers that run.
      globalThis.alive = new Set();
      const { addEventListener } = EventTarget.prototype;
      EventTarget.prototype.addEventListener = function (name, listener, options) {
        const isOurs = (this === globalThis || this === document) && /^(hashchange|palabre-)/.test(name);
        if (isOurs) {
          const entry = [name];
          globalThis.alive.add(entry);
          options?.signal?.addEventListener('abort', () => globalThis.alive.delete(entry));
        }
        return addEventListener.call(this, name, listener, options);
      };
      const { setInterval, clearInterval } = globalThis;
      globalThis.setInterval = (...rest) => {
        const timer = setInterval(...rest);
        globalThis.alive.add(timer);
        return timer;
      };
      globalThis.clearInterval = (timer) => {
        globalThis.alive.delete(timer);
        clearInterval(timer);
      };
    });
    await open();
    await page.getByText('Texte 1').waitFor();
    const left = await page.evaluate(() => {
      const element = document.querySelector('palabre-comments');
      const count = document.createElement('palabre-count');
      document.body.append(count);
      const during = globalThis.alive.size;
      count.remove();
      element.remove();
      return [during, globalThis.alive.size];
    });
    assert.deepEqual(left, [5, 0]);
  });
});

test('the page’s policy is in force, and these tests would see it broken', async () => {
  for (const breakIt of [
    () => document.body.insertAdjacentHTML('beforeend', 'x'),
    () => document.body.append(Object.assign(document.createElement('style'), { textContent: 'p{}' })),
  ]) {
    const story = async ({ page, open }) => {
      await open();
      await page.getByText('Personne').waitFor();
      await page.evaluate(breakIt).catch(() => undefined);
    };
    await assert.rejects(visit({}, story), { code: 'ERR_ASSERTION' });
  }
});
