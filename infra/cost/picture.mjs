// SPDX-License-Identifier: Apache-2.0

// Draws what the site costs at three loads, with and without CloudFront's cache, in SVG.
//
// The card brings its own background, so that it reads the same on a light page and on a dark one,
// and is narrow, so that its letters are not made small on a phone.

import { billOf } from './bill.mjs';
import { price_file } from './facts.mjs';
import { readOptions } from './options.mjs';
import { dollars, spoken } from './table.mjs';

const width = 400;
const margin = 20;
const number_room = 62;  // behind the longest bar
const row_height = 42;
const bar_height = 16;
const [ink, quiet, paper] = ['#e6e9ef', '#9aa4b5', '#1b2230'];

const parts = [
  ['API Gateway', '#4fb286', ['API Gateway']],
  ['CloudFront', '#5b8bd9', ['CloudFront']],
  ['firewall', '#d9a441', ['WAF']],
  ['logs and metrics', '#b07cc6', ['CloudWatch']],
  ['all else', '#7d8aa3', null],
];

const ways = [
  ['no cache', { cacheSeconds: 0, countsSeconds: 0 }],
  ['comments for 5 s, as they come', { cacheSeconds: 5, countsSeconds: 0 }],
  ['comments and their numbers for 60 s', { cacheSeconds: 60, countsSeconds: 60 }],
];

const escaped = (words) => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const text = (x, y, words, size, colour, more = '') =>
  `<text x="${x}" y="${y}" font-size="${size}" fill="${colour}"${more}>${escaped(words)}</text>`;

const share = (bill, names) => bill.services
  .filter(({ name }) => names.includes(name)).reduce((sum, { paid }) => sum + paid, 0);

function segmentsOf(bill) {
  const known = parts.flatMap(([, , names]) => names ?? []);
  const rest = bill.services.map(({ name }) => name).filter((name) => !known.includes(name));
  return parts.map(([, colour, names]) => ({ colour, usd: share(bill, names ?? rest) }));
}

function bar(bill, y, pixels_per_dollar) {
  let x = margin;
  const drawn = segmentsOf(bill).filter(({ usd }) => usd * pixels_per_dollar >= 0.05).map(({ colour, usd }) => {
    const long = usd * pixels_per_dollar;
    x += long;
    return `<rect x="${(x - long).toFixed(1)}" y="${y}" width="${long.toFixed(1)}" height="${bar_height}" fill="${colour}"/>`;
  });
  return [...drawn, text((x + 6).toFixed(1), y + 13, `$${dollars(bill.total.paid)}`, 14, ink)];
}

function group({ views, bills }, top) {
  const most = Math.max(...bills.map(([, bill]) => bill.total.paid));
  const scale = (width - 2 * margin - number_room) / most;
  return [
    text(margin, top, `${spoken(views)} page views a day`, 15, ink, ' font-weight="600"'),
    ...bills.flatMap(([name, bill], at) => {
      const y = top + 10 + at * row_height;
      return [text(margin, y + 14, name, 13, quiet), ...bar(bill, y + 19, scale)];
    }),
  ];
}

function legend(top) {
  const columns = 2;
  return parts.flatMap(([name, colour], at) => {
    const x = margin + (at % columns) * 180;
    const y = top + Math.floor(at / columns) * 21;
    return [`<rect x="${x}" y="${y - 11}" width="12" height="12" rx="2" fill="${colour}"/>`,
      text(x + 18, y, name, 13, ink)];
  });
}

const label = (groups) => groups.map(({ views, bills }) =>
  `${spoken(views)} page views a day: ${bills.map(([name, bill]) => `${name} $${dollars(bill.total.paid)}`).join(', ')}`).join('; ');

export function picture(given = {}) {
  const groups = readOptions(given).loads.map((views) => ({
    views, bills: ways.map(([name, cache]) => [name, billOf(views, readOptions({ ...given, ...cache }))]),
  }));
  const group_height = 10 + ways.length * row_height + 32;
  const below = 88 + groups.length * group_height;
  const height = below + 108;
  const drawn = [
    text(margin, 34, 'A month on AWS, in US dollars', 17, ink, ' font-weight="600"'),
    text(margin, 55, 'by how long CloudFront answers by itself', 13, quiet),
    ...groups.flatMap((one, at) => group(one, 88 + at * group_height)),
    ...legend(below),
    text(margin, below + 66, 'Each load has a scale of its own; without taxes;', 12, quiet),
    text(margin, below + 82, `${readOptions(given).region}, prices read ${price_file.readOn},`, 12, quiet),
    text(margin, below + 98, 'some of them not verified', 12, quiet),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" role="img"` +
    ` aria-label="${escaped(label(groups))}" font-family="system-ui, sans-serif">\n` +
    `<rect width="${width}" height="${height}" rx="10" fill="${paper}"/>\n${drawn.join('\n')}\n</svg>\n`;
}
