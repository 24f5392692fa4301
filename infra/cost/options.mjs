// SPDX-License-Identifier: Apache-2.0

// What may be chosen, with defaults, and the sentences for what may not.

import { assumptions } from './facts.mjs';

// A sentence for the person at the keyboard, as opposed to a bug of ours.
export class OptionError extends Error {}

const one_of = (...words) => ({
  fits: (value) => words.includes(value),
  wish: `one of ${words.join(', ')}`,
});
const flag = { fits: (value) => typeof value === 'boolean', wish: 'true or false' };
const whole = (from, to) => ({
  fits: (value) => Number.isInteger(value) && value >= from && value <= to,
  wish: `a whole number from ${from} to ${to}`,
});
const loads = {
  fits: (value) => Array.isArray(value) && value.length > 0 && value.length <= 6 &&
    value.every((load) => Number.isFinite(load) && load >= 0 && load <= 1e9),
  wish: 'a list of one to six numbers of page views a day, each at most a thousand million',
};

const choices = {
  region: { value: 'eu-west-3', doc: 'where everything but CloudFront is', ...one_of('eu-west-3', 'us-east-1') },
  domain: { value: true, doc: 'a domain name of your own, in Route 53', ...flag },
  waf: { value: 'edge', doc: 'the firewall before everything, before the API, or nowhere', ...one_of('edge', 'stage', 'none') },
  priceClass: {
    value: 'PriceClass_100',
    doc: 'from which parts of the world CloudFront serves',
    ...one_of('PriceClass_100', 'PriceClass_200', 'PriceClass_All'),
  },
  cacheSeconds: { value: 5, doc: 'how long CloudFront answers reads of comments by itself; 0 is not at all', ...whole(0, 3600) },
  countsSeconds: { value: 0, doc: 'the same for the numbers of comments, which the API now forbids to cache', ...whole(0, 3600) },
  healthCheck: { value: true, doc: 'Route 53 asks /health all the time', ...flag },
  healthCheckRegions: { value: 3, doc: 'from how many parts of the world', ...whole(3, 8) },
  freeTier: { value: true, doc: 'the free amounts of each month are not used up by something else in the account', ...flag },
  months: { value: 12, doc: 'how old the site is: comments and backups grow', ...whole(1, 120) },
  loads: { value: [1_000, 100_000, 10_000_000], doc: 'page views a day', ...loads },
};

export const defaults = Object.fromEntries(
  Object.entries(choices).map(([name, { value }]) => [name, value]));

export const describeOptions = () => Object.entries(choices)
  .map(([name, { doc, wish, value }]) => `  ${name}: ${doc} (${wish}; ${JSON.stringify(value)})`).join('\n');

const quoted = (value) => JSON.stringify(value);

function checkKnown(names, known, what) {
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new OptionError(`There is no ${what} ${unknown.map(quoted).join(', ')}. There are: ${known.join(', ')}.`);
}

function checkObject(value, what) {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return;
  throw new OptionError(`${what} must be an object, such as {"region": "eu-west-3"}, not ${quoted(value)}.`);
}

function checkedAssumptions(changed) {
  checkObject(changed, 'assumptions');
  checkKnown(Object.keys(changed), Object.keys(assumptions), 'assumption');
  for (const [name, value] of Object.entries(changed)) {
    if (Number.isFinite(value) && value >= 0) continue;
    throw new OptionError(`The assumption ${name} must be a number that is not negative, not ${quoted(value)}.`);
  }
  return { ...assumptions, ...changed };
}

// The options as given, with defaults for the rest: {…, assumptions}. Throws OptionError.
export function readOptions(given = {}) {
  checkObject(given, 'The options');
  const { assumptions: changed = {}, ...chosen } = given;
  checkKnown(Object.keys(chosen), [...Object.keys(choices)], 'option');
  for (const [name, value] of Object.entries(chosen)) {
    if (choices[name].fits(value)) continue;
    throw new OptionError(`The option ${name} must be ${choices[name].wish}, not ${quoted(value)}.`);
  }
  return { ...defaults, ...chosen, assumptions: checkedAssumptions(changed) };
}
