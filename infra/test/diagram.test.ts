// SPDX-License-Identifier: Apache-2.0
import path from 'node:path';
import { describe, expect, it } from 'vitest';

import { boxOf, boxes, entries, undrawn } from '../diagram/boxes.ts';
import { draw } from '../diagram/draw.ts';
import { panels } from '../diagram/panels.ts';
import { relations } from '../diagram/relations.ts';
import { Templates } from '../diagram/templates.ts';
import { folder } from './world.ts';

// The environment that has every part.
const templates = new Templates(path.join(folder, 'cdk.out'), 'production');
const picture = path.resolve(import.meta.dirname, '../../docs/images/aws.svg');

describe('docs/images/aws.svg', () => {
  it('is what the templates say today (npm run diagram draws it anew)', async () => {
    await expect(draw(templates)).toMatchFileSnapshot(picture);
  });

  it('has an arrow for whatever asks another part, and no other', () => {
    const drawn = panels.flatMap(({ arrows }) => arrows.map(({ from, to }) => `${from} > ${to}`));
    expect(drawn.sort()).toEqual([...relations(templates)].sort());
  });

  it('has boxes of every service', () => {
    const service = (type: string) => type.split('::')[1]!;
    const drawn = new Set(templates.resources.filter((each) => boxOf(each)).map(({ type }) => service(type)));
    const all = new Set(templates.resources.map(({ type }) => service(type)));
    expect([...all].filter((each) => !drawn.has(each) && !(each in undrawn))).toEqual([]);
  });

  it.each(entries.filter(([, { types }]) => types))('has %s because the templates do', (name) => {
    expect(templates.resources.filter((each) => boxOf(each) === name)).not.toEqual([]);
  });

  it.each(panels)('stands each end of an arrow on a box: $title', ({ rows, arrows }) => {
    const placed = new Set(rows.flat());
    for (const { from, to } of arrows) expect([placed.has(from), placed.has(to)], `${from} > ${to}`).toEqual([true, true]);
  });

  it.each(entries)('has room for the words of %s', (_, { service, does }) => {
    expect(service.length).toBeLessThanOrEqual(15);
    expect(does(templates).length).toBeLessThanOrEqual(20);
  });

  it('places every box', () => {
    const placed = new Set(panels.flatMap(({ rows }) => rows.flat()));
    expect(Object.keys(boxes).filter((name) => !placed.has(name as never))).toEqual([]);
  });
});
