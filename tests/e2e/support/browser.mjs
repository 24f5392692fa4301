// SPDX-License-Identifier: Apache-2.0
// Debian's Chromium, told to talk to nobody but us.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

function find(name) {
  try { return execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim(); } catch { return undefined; }
}

export const browserPath = process.env.PALABRE_CHROMIUM || find('chromium') || find('google-chrome');

export async function launch(moreArgs = []) {
  return chromium.launch({
    executablePath: browserPath,
    args: [
      ...(process.getuid() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync',
      '--disable-quic', '--no-first-run', ...moreArgs,
    ],
  });
}

// A page that remembers everything a strict policy or a careful developer would complain of.
export async function openPage(browser, url, options = {}) {
  const context = await browser.newContext({ locale: 'fr-FR', ignoreHTTPSErrors: true, ...options });
  const page = await context.newPage();
  page.complaints = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) page.complaints.push(message.text());
  });
  page.on('pageerror', (error) => page.complaints.push(String(error)));
  page.on('dialog', (dialog) => { page.complaints.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== new URL(url).origin && !request.url().startsWith('data:')) {
      page.complaints.push(`foreign request: ${request.url()}`);
    }
  });
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (e) => console.error(`policy: ${e.violatedDirective} ${e.blockedURI}`));
  });
  await page.goto(url);
  return page;
}

export async function scrollToComments(page, index = 0) {
  const element = page.locator('palabre-comments').nth(index);
  await element.scrollIntoViewIfNeeded();
  return element;
}

// What axe finds wrong, shadow roots included. Evaluated, not inserted, so no policy is in the way.
export async function axeViolations(page) {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }));
  return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join('; ')}`);
}
