// SPDX-License-Identifier: Apache-2.0
// One Chromium for a file of tests, and for each test a fresh reader in front of a fresh server.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { chromium } from 'playwright-core';
import { FakeApi } from './fake-api.mjs';

const isRoot = process.getuid?.() === 0;

export const launch = () =>
  chromium.launch({
    executablePath: process.env.PALABRE_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      ...(isRoot ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
      '--no-first-run',
    ],
  });

let browser;

export function useBrowser() {
  before(async () => {
    browser = await launch();
  });
  after(() => browser?.close());
}

export const comments = (attributes = 'section="projets"') =>
  `<palabre-comments ${attributes}></palabre-comments>`;

export const pageOf = (body, { lang = 'fr', head = '' } = {}) => `<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><title>Page</title>
<meta name="viewport" content="width=device-width, initial-scale=1">${head}
<link rel="stylesheet" href="/page.css"><script type="module" src="/palabre.js"></script></head>
<body><main>${body}</main></body></html>`;

// Runs `story` with a server and an open page, then asks that nothing broke the page's policy nor
// wrote an error of ours to its console.
export async function visit({ html = pageOf(comments()), setUp, ...options }, story) {
  const api = new FakeApi();
  api.pageHtml = html;
  await setUp?.(api);
  await api.start();
  const reader = await browser.newContext({ locale: 'fr-FR', ...options });
  const complaints = [];
  try {
    const page = await reader.newPage();
    page.setDefaultTimeout(10_000);
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      const isNetwork = message.text().startsWith('Failed to load resource');
      if (message.type() === 'error' && !isNetwork) complaints.push(message.text());
    });
    await page.exposeFunction('tellViolation', (text) => complaints.push(text));
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        globalThis.tellViolation(`${event.violatedDirective} ${event.blockedURI}`);
      });
    });
    const open = (path = '/') => page.goto(api.origin + path);
    await story({ api, page, reader, open });
    assert.deepEqual(complaints, []);
    assert.deepEqual(await reader.cookies(), []);
  } finally {
    await reader.close();
    await api.stop();
  }
}
