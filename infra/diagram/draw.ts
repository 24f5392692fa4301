// SPDX-License-Identifier: Apache-2.0
import { boxes, type Box, type BoxName, type Kind } from './boxes.ts';
import { panels, type Arrow, type Panel } from './panels.ts';
import type { Templates } from './templates.ts';

// The card brings its own background, so that it reads the same on a light page and on a dark one, and
// is narrow, so that its letters are not made small on a phone (as infra/cost/picture.mjs).

const width = 400;
const margin = 12;
const box = { width: 116, height: 44, besides: 14, below: 26 };
const titleHeight = 34;
const [ink, quiet, paper, card, line] = ['#e6e9ef', '#a3adbd', '#1b2230', '#273043', '#8a96aa'];

const colours: Record<Kind, [string, string]> = {
  people: ['#e6e9ef', 'people'],
  door: ['#5b8bd9', 'doors'],
  guard: ['#d9a441', 'guards'],
  work: ['#4fb286', 'work'],
  data: ['#b07cc6', 'what is kept'],
  watch: ['#e07a5f', 'watches'],
};

// Boxes are as wide as their words in the widest of them, which is DejaVu Sans where there is no other.
const narrow = "'Helvetica Neue', Arial, Roboto, 'Liberation Sans', system-ui, sans-serif";

interface Point { readonly x: number; readonly y: number }

export function draw(templates: Templates): string {
  let top = 74;
  const drawn = panels.flatMap((panel) => {
    const lines = drawPanel(panel, top, templates);
    top += titleHeight + panel.rows.length * (box.height + box.below) + 8;
    return lines;
  });
  const height = top + 46;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" role="img"` +
    ` aria-labelledby="title story" font-family="${narrow}">`,
    '<title id="title">Palabre on AWS</title>',
    `<desc id="story">${escaped(story())}</desc>`,
    `<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">` +
    `<path d="M0 0 8 4 0 8z" fill="${line}"/></marker></defs>`,
    `<rect width="${width}" height="${height}" rx="10" fill="${paper}"/>`,
    text({ x: margin, y: 34 }, 'Palabre on AWS', 17, ink, ' font-weight="600"'),
    text({ x: margin, y: 55 }, 'an arrow: who asks or tells whom', 13, quiet),
    ...drawn,
    ...legend(top + 14),
    '</svg>', '',
  ].join('\n');
}

// For whoever hears the picture instead of seeing it.
function story(): string {
  return panels.map(({ title, arrows }) => `${title}: ${arrows.map(({ from, verb, to }) =>
    `${boxes[from].service} ${verb} ${boxes[to].service}`).join('; ')}.`).join(' ');
}

function drawPanel({ title, rows, arrows }: Panel, top: number, templates: Templates): string[] {
  const places = new Map<BoxName, Point>();
  rows.forEach((row, r) => row.forEach((name, c) => {
    if (name) places.set(name, { x: margin + c * (box.width + box.besides), y: top + titleHeight + r * (box.height + box.below) });
  }));
  return [
    `<path d="M${margin} ${top - 8}H${width - margin}" stroke="${card}" stroke-width="2"/>`,
    text({ x: margin, y: top + 14 }, title, 14, ink, ' font-weight="600"'),
    ...arrows.map((each) => drawArrow(each, places)),
    ...[...places].flatMap(([name, place]) => drawBox(boxes[name], place, templates)),
  ];
}

function drawBox({ kind, service, does }: Box, { x, y }: Point, templates: Templates): string[] {
  return [
    `<rect x="${x}" y="${y}" width="${box.width}" height="${box.height}" rx="5" fill="${card}"/>`,
    `<rect x="${x}" y="${y}" width="4" height="${box.height}" rx="2" fill="${colours[kind][0]}"/>`,
    text({ x: x + 10, y: y + 19 }, service, 12.5, ink),
    text({ x: x + 10, y: y + 35 }, does(templates), 11, quiet),
  ];
}

function drawArrow({ from, to, over }: Arrow, places: Map<BoxName, Point>): string {
  const [a, b] = [places.get(from)!, places.get(to)!];
  const middle = ({ x, y }: Point) => ({ x: x + box.width / 2, y: y + box.height / 2 });
  const way = over
    ? `M${middle(a).x} ${a.y}V${a.y - 10}H${middle(b).x}V${b.y - 2}`
    : `M${at(edge(middle(a), middle(b), 0))}L${at(edge(middle(b), middle(a), 2))}`;
  return `<path d="${way}" fill="none" stroke="${line}" stroke-width="1.5" marker-end="url(#tip)"/>`;
}

// Where the line to `other` leaves the box around `centre`.
function edge(centre: Point, other: Point, gap: number): Point {
  const [dx, dy] = [other.x - centre.x, other.y - centre.y];
  const share = Math.min((box.width / 2 + gap) / Math.abs(dx || 1e-9), (box.height / 2 + gap) / Math.abs(dy || 1e-9));
  return { x: centre.x + dx * share, y: centre.y + dy * share };
}

const at = ({ x, y }: Point) => `${x.toFixed(1)} ${y.toFixed(1)}`;

function legend(top: number): string[] {
  return Object.values(colours).flatMap(([colour, words], i) => {
    const [x, y] = [margin + (i % 3) * (box.width + box.besides), top + Math.floor(i / 3) * 20];
    return [`<rect x="${x}" y="${y - 10}" width="11" height="11" rx="2" fill="${colour}"/>`, text({ x: x + 17, y }, words, 12, quiet)];
  });
}

const escaped = (words: string) => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const text = ({ x, y }: Point, words: string, size: number, colour: string, more = '') =>
  `<text x="${x}" y="${y}" font-size="${size}" fill="${colour}"${more}>${escaped(words)}</text>`;
