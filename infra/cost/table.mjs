// SPDX-License-Identifier: Apache-2.0

// The estimate as text for a terminal.

import { price_file } from './facts.mjs';

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

// What was priced without a source: a line for each service, with what it makes of each bill.
function unverifiedRows(bills) {
  const doubtful = (bill, name) => bill.lines.filter((line) => line.service === name && !line.verified);
  return bills[0].services.map(({ name }) => name)
    .filter((name) => bills.some((bill) => doubtful(bill, name).some((line) => line.amount > 0)))
    .flatMap((name) => [
      row(`  ${name}`, bills.map((bill) => dollars(doubtful(bill, name).reduce((all, line) => all + line.paid, 0)))),
      ...doubtful(bills[0], name).map((line) => `      ${line.what}: ${line.note}`),
    ]);
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
  const doubtful = unverifiedRows(bills);
  if (doubtful.length > 0) {
    parts.push('', 'Part of what is to pay stands on prices that no source confirms:', ...doubtful,
      totalRow('together', bills, (bill) => bill.unverified));
  }
  parts.push('', 'An estimate, not an offer: see docs/guide/costs.md for what it assumes. AWS sends the bill.');
  return `${parts.join('\n')}\n`;
}
