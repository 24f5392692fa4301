// SPDX-License-Identifier: Apache-2.0
// Honest technical comments are displayed exactly; known tricks do nothing. In a real browser, under the
// site's own policy and once more with no policy at all, so that the HTML itself is what keeps readers safe.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch, openPage, scrollToComments } from './support/browser.mjs';
import { Server, sourceRoot } from './support/server.mjs';

const read = (name) => JSON.parse(readFileSync(join(sourceRoot, 'tests/data', name), 'utf8'));
const honest = read('comments/honest.json');
const tricks = read('xss/tricks.json');

const taken = { honnete: 0, ruses: 0 };
let server;
let browser;
before(async () => {
  server = await Server.start();
  browser = await launch();
  for (const [section, texts] of [['honnete', honest], ['ruses', tricks]]) {
    for (const { name, text } of texts) {
      const answer = await server.post({ sectionId: section, author: name.slice(0, 80), text });
      if (answer.status === 201) {
        taken[section] += 1;
        continue;
      }
      // Some tricks are made of characters that no comment may hold: refused is inert too.
      const { errors } = await answer.json();
      assert.equal(section, 'ruses', `${name} was refused`);
      assert.ok(['control-character', 'bidi-override', 'invisible', 'too-deep'].includes(errors[0].code), name);
    }
  }
});
after(async () => {
  await browser?.close();
  await server?.close();
});

async function everyComment(section) {
  const all = [];
  let path = `/commentaires?sectionId=${section}&limit=100`;
  for (;;) {
    const page = await (await server.get(path)).json();
    all.push(...page.comments);
    if (!page.nextCursor) return all.reverse();
    path = `/commentaires?sectionId=${section}&limit=100&cursor=${encodeURIComponent(page.nextCursor)}`;
  }
}

// The widget with every comment of the section.
async function wholeThread(page) {
  const element = await scrollToComments(page);
  await element.locator('article').first().waitFor();
  for (;;) {
    const more = element.getByRole('button', { name: /Afficher plus/ });
    if (!(await more.count())) return element;
    const shown = await element.locator('article').count();
    await more.click();
    await element.locator('article').nth(shown).waitFor();
  }
}

// What stands between fences, as the author wrote it.
const fenced = (text) => [...text.matchAll(/^(`{3,}|~{3,})[^\n]*\n([\s\S]*?)^\1[`~]*$/gm)].map((m) => m[2]);

// What stands between single backticks in a line without other ones. Not in tables, where \| is |.
const inline = (text) => text.split('\n').filter((line) => /^(?!\|)[^`]*(`[^`]+`[^`]*)+$/.test(line))
  .flatMap((line) => [...line.matchAll(/`([^`]+)`/g)].map((m) => m[1]));

// Prose in which Markdown sees nothing but words.
const isPlain = (text) => !/[`*_~<>&\\[\]|#\n]|:\/\/|@|^\s*(\d+[.)]|[-+=])|www\./.test(text);

// Inserts the HTML as the widget does, but one by one, and tells what a reader sees.
async function visibleTexts(page, comments) {
  return page.evaluate((htmls) => {
    const policy = globalThis.trustedTypes?.createPolicy('palabre', { createHTML: (html) => html });
    return htmls.map((html) => {
      const box = document.createElement('div');
      document.body.append(box);
      box.innerHTML = policy ? policy.createHTML(html) : html;
      const text = box.innerText;
      box.remove();
      return text;
    });
  }, comments.map((c) => c.html));
}

test('there are at least a hundred of each', () => {
  assert.ok(honest.length >= 100);
  assert.equal(taken.honnete, honest.length);
  assert.ok(taken.ruses >= 100);
});

test('honest comments are kept as written and seen as meant', async () => {
  const comments = await everyComment('honnete');
  assert.deepEqual(comments.map((c) => c.text), honest.map((h) => h.text));
  const page = await openPage(browser, `${server.http}/404.html`);
  const texts = await visibleTexts(page, comments);
  const squeeze = (text) => text.replaceAll(/\s+/gu, ' ');
  honest.forEach(({ name, visible }, i) => {
    for (const words of visible) {
      assert.ok(squeeze(texts[i]).includes(squeeze(words)), `${name}: ${words} is not in ${texts[i]}`);
    }
  });
  assert.deepEqual(page.complaints, []);
});

test('code and plain prose stand in the widget to the letter', async () => {
  const page = await openPage(browser, `${server.http}/fil/?section=honnete`);
  const element = await wholeThread(page);
  const seen = (await element.evaluate((host) => [...host.shadowRoot.querySelectorAll('article [part~=text]')].map((e) => ({
    words: e.innerText,
    blocks: [...e.querySelectorAll('pre code')].map((code) => code.textContent),
    spans: [...e.querySelectorAll(':not(pre) > code')].map((code) => code.textContent),
  })))).reverse();
  assert.equal(seen.length, honest.length);
  const compared = { blocks: 0, spans: 0, prose: 0 };
  honest.forEach(({ name, text }, i) => {
    const blocks = fenced(text);
    compared.blocks += blocks.length;
    if (blocks.length > 0) assert.deepEqual(seen[i].blocks, blocks, name);
    for (const span of blocks.length > 0 ? [] : inline(text)) {
      compared.spans += 1;
      assert.ok(seen[i].spans.includes(span), `${name}: ${span} is not in ${seen[i].spans}`);
    }
    if (!isPlain(text)) return;
    compared.prose += 1;
    assert.equal(seen[i].words, text, name);
  });
  assert.ok(compared.blocks > 20 && compared.spans > 20 && compared.prose >= 20, JSON.stringify(compared));
  assert.deepEqual(page.complaints, []);
});

test('tricks do nothing in the widget', async () => {
  const page = await openPage(browser, `${server.http}/fil/?section=ruses`);
  const element = await wholeThread(page);
  assert.equal(await element.locator('article').count(), taken.ruses);
  const odd = await element.evaluate((host) => [...host.shadowRoot.querySelectorAll('*')]
    .filter((e) => ['SCRIPT', 'IFRAME', 'OBJECT', 'EMBED', 'IMG', 'BASE', 'META', 'LINK', 'VIDEO', 'AUDIO'].includes(e.tagName)
      || [...e.attributes].some((a) => a.name.startsWith('on') || /^\s*(javascript|vbscript|data):/i.test(a.value)))
    .map((e) => e.outerHTML));
  assert.deepEqual(odd, []);
  assert.deepEqual(page.complaints, []);
});

test('tricks do nothing even without a policy', async () => {
  const comments = await everyComment('ruses');
  const context = await browser.newContext();
  const page = await context.newPage();
  const alarms = [];
  page.on('dialog', (d) => { alarms.push(d.message()); d.dismiss(); });
  page.on('request', (r) => alarms.push(r.url()));
  await page.setContent('<!doctype html><title>plain</title>');
  const left = await page.evaluate(async (htmls) => {
    for (const name of ['alert', 'prompt', 'confirm']) globalThis[name] = () => { globalThis.fired = true; };
    const found = [];
    for (const html of htmls) {
      const box = document.createElement('div');
      document.body.append(box);
      box.innerHTML = html;
      for (const link of box.querySelectorAll('a')) {
        const ownSite = /^(#|\/(?!\/))/.test(link.getAttribute('href'));
        if (!ownSite && !['http:', 'https:', 'mailto:'].includes(link.protocol)) found.push(link.outerHTML);
        if (link.rel !== 'nofollow ugc noopener') found.push(link.outerHTML);
      }
      for (const e of box.querySelectorAll('*')) {
        e.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
        e.dispatchEvent(new FocusEvent('focus', { bubbles: true }));
      }
    }
    await new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); });
    return { found, fired: Boolean(globalThis.fired) };
  }, comments.map((c) => c.html));
  assert.deepEqual(left, { found: [], fired: false });
  assert.deepEqual(alarms, []);
  await context.close();
});
