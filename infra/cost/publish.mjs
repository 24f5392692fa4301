#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0

// Writes what the documentation shows of the estimate: node infra/cost/publish.mjs
//
// The picture, and in the two pages of the guide the tables between <!-- cost:NAME --> and
// <!-- /cost:NAME -->. A test holds the committed files to what this makes.

import fs from 'node:fs';
import { pathToFileURL } from 'node:url';

import { guideTables } from './guide.mjs';
import { picture } from './picture.mjs';

const root = new URL('../../', import.meta.url);
const pages = { en: 'docs/guide/costs.md', fr: 'docs/guide/couts.md' };

export function filled(page, tables) {
  return Object.entries(tables).reduce((text, [name, table]) => {
    const [open, close] = [`<!-- cost:${name} -->\n`, `<!-- /cost:${name} -->`];
    const [from, to] = [text.indexOf(open), text.indexOf(close)];
    if (from < 0 || to < from) throw new Error(`the page has no place for the table ${name}`);
    return text.slice(0, from + open.length) + table + text.slice(to);
  }, page);
}

// {name: text} of every file as it should be.
export function published() {
  const files = { 'docs/images/cost.svg': picture() };
  for (const [language, name] of Object.entries(pages)) {
    files[name] = filled(fs.readFileSync(new URL(name, root), 'utf8'), guideTables(language));
  }
  return files;
}

if (process.argv[1] && import.meta.url === pathToFileURL(fs.realpathSync(process.argv[1])).href) {
  for (const [name, text] of Object.entries(published())) fs.writeFileSync(new URL(name, root), text);
}
