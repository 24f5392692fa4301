// SPDX-License-Identifier: Apache-2.0

// The estimate as text for a terminal.

import { price_file, priceOf } from './facts.mjs';

const name_width = 24;
const cell_width = 16;

export const dollars = (usd) => {
  if (Math.abs(usd) < 0.005) return usd > 1e-9 ? '< 0.01' : '0.00';
  return usd.toLocaleString('en-US', {
    minimumFractionDigits: usd < 1000 ? 2 : 0, maximumFractionDigits: usd < 1000 ? 2 : 0,
  });
};

export const spoken = (count) => {
  if (count >= 1e6) return `${Number((count / 1e6).toPrecision(3))} M`;
  if (count >= 1e3) return `${Number((count / 1e3).toPrecision(3))} k`;
  return `${count}`;
};

const row = (name, cells) => (name.padEnd(name_width) + cells.map((cell) => cell.padStart(cell_width)).join('')).trimEnd();

function serviceRows(bills) {
  return bills[0].services.map(({ name }, at) =>
    row(name, bills.map((bill) => dollars(bill.services[at].paid))));
}

function freeRows(bills) {
  return bills[0].services.map(({ name }, at) => [name, bills.map((bill) => bill.services[at].free)])
    .filter(([, frees]) => frees.some((free) => free > 0.005))
    .map(([name, frees]) => row(name, frees.map(dollars)));
}

const totalRow = (name, bills, pick) => row(name, bills.map((bill) => dollars(pick(bill))));

function planRow(bill) {
  const fitting = bill.plans.filter((plan) => plan.fits && plan.customPolicies);
  if (fitting.length === 0) return '–';
  const best = fitting.reduce((least, plan) => (plan.total < least.total ? plan : least));
  return `${dollars(best.total)}`;
}

// What was priced without a source, each once, with what it makes of the largest bill.
function unverified(bills, region) {
  const largest = bills.reduce((most, bill) => (bill.total.paid > most.total.paid ? bill : most));
  return largest.lines.filter((line) => !line.verified && line.amount > 0)
    .map((line) => `  ${line.service}: ${line.what}. ${priceOf(line.price, region).note}.`);
}

export function printed({ options, bills }) {
  const rule = '-'.repeat(name_width + cell_width * bills.length);
  const parts = [
    `What Palabre costs on AWS in a month, in US dollars without taxes (prices read on ${price_file.readOn})`,
    `Region ${options.region}; ${options.domain ? 'own domain' : 'no domain'}; firewall: ${options.waf}; ` +
      `${options.priceClass}; comments cached for ${options.cacheSeconds} s, counts for ${options.countsSeconds} s; ` +
      `after ${options.months} months`,
    '',
    row('page views a day', bills.map((bill) => spoken(bill.views))),
    rule,
    ...serviceRows(bills),
    rule,
    totalRow('to pay', bills, (bill) => bill.total.paid),
    totalRow('  of it by prices that', bills, (bill) => bill.unverified),
    '  were not verified',
    '',
    'Already taken off, since AWS gives it free each month to the whole account:',
    ...freeRows(bills),
    totalRow('together', bills, (bill) => bill.total.free),
    '',
    'For comparison:',
    totalRow('without any cache', bills, (bill) => bill.withoutCache.paid),
    row('with a flat-rate plan *', bills.map(planRow)),
    '  * Of CloudFront; the cheapest that has room for the requests and allows our cache and header rules.',
    '    Free and Pro do not allow them.',
  ];
  const doubtful = unverified(bills, options.region);
  if (doubtful.length > 0) parts.push('', 'Prices that no source confirms:', ...doubtful);
  parts.push('', 'An estimate, not an offer: see docs/guide/costs.md for what it assumes. AWS sends the bill.');
  return `${parts.join('\n')}\n`;
}
