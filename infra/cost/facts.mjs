// SPDX-License-Identifier: Apache-2.0

// Prices and assumptions as they stand in their files.

import fs from 'node:fs';

const read = (name) => JSON.parse(fs.readFileSync(new URL(name, import.meta.url), 'utf8'));

export const price_file = read('prices.json');
export const assumption_file = read('assumptions.json');

export const assumptions = Object.fromEntries(
  assumption_file.assumptions.map(({ name, value }) => [name, value]));

// The price of a thing in a region. What CloudFront, WAF and Route 53 ask is the same everywhere.
export function priceOf(id, region) {
  const found = price_file.prices.find((price) => price.id === id && [region, 'global'].includes(price.region));
  if (found === undefined) throw new Error(`no price of ${id} in ${region}`);
  return found;
}

export const freeOf = (id) => price_file.freeEachMonth.find((free) => free.covers === id);

export const plans = price_file.flatRatePlans;
