// SPDX-License-Identifier: Apache-2.0
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

import { source } from './world.ts';

const pages = [
  'docs/guide/aws.md', 'docs/guide/aws.fr.md', 'docs/first-deploy.md', 'docs/decisions/0019-not-verified-without-an-account.md',
  'docs/decisions/0020-the-architecture-on-aws.md', 'docs/decisions/0021-a-local-proof.md',
];
const [english, french] = [source(pages[0]!), source(pages[1]!)];

// What a translation must have too.
function outline(text: string) {
  const blocks = [...text.matchAll(/```sh\n(.*?)```/gs)].flatMap(([, block]) => block!.split('\n'));
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  const links = [...text.matchAll(/\]\(([^)\s#]+)/g)].map(([, to]) => to!.replace('couts.md', 'costs.md').replace(/aws(\.fr)?\.md/, 'aws'));
  return {
    headings: count(/^#+ /gm), points: count(/^- /gm), steps: count(/^\d\. /gm), rows: count(/^\|/gm),
    commands: blocks.map((line) => line.split('#')[0]!.trim()), links: [...new Set(links)].sort(),
  };
}

it('tells the road in French as in English', () => {
  expect(outline(french)).toEqual(outline(english));
});

it.each([['English', english], ['French', french]])('names options that exist (%s)', (_, text) => {
  const rows = [...text.matchAll(/^\| ((?:`[a-zA-Z]+`(?:, )?)+) \|/gm)].flatMap(([, names]) => names!.match(/[a-zA-Z]+/g)!);
  const known = [...source('infra/lib/options.ts').matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, name]) => name);
  expect(rows.length).toBeGreaterThan(8);
  expect(rows.filter((name) => !known.includes(name))).toEqual([]);
});

// As GitHub makes them of headings.
function anchors(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading!.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').trim().replace(/\s/g, '-'));
}

it.each(pages)('leads to headings that are there: %s', (page) => {
  const lost = [...source(page).matchAll(/\]\(([^)\s#:]+\.md)#([^)\s]+)\)/g)].filter(([, file, anchor]) =>
    !anchors(fs.readFileSync(path.resolve(import.meta.dirname, '../..', path.dirname(page), file!), 'utf8')).includes(anchor!));
  expect(lost.map(([whole]) => whole)).toEqual([]);
});
