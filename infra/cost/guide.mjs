// SPDX-License-Identifier: Apache-2.0

// The tables of the guide, in English and in French.

import { billOf, plansFor } from './bill.mjs';
import { price_file } from './facts.mjs';
import { readOptions } from './options.mjs';
import { words } from './guide-words.mjs';
import { spoken } from './table.mjs';

// The narrow space of French numbers is missing in some fonts: the usual one stands for it.
const numberIn = (language, number, digits = 0) => number
  .toLocaleString(language === 'fr' ? 'fr-FR' : 'en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
  .replace(/\u202f/g, '\u00a0');

const amountIn = (language, usd) => numberIn(language, usd, usd < 100 ? 2 : 0);

const rowOf = (cells) => `| ${cells.join(' | ')} |\n`;

// Numbers stand on the right, unless told otherwise.
const table = (head, rows, column = '---:') =>
  `${rowOf(head)}|---|${`${column}|`.repeat(head.length - 1)}\n${rows.map(rowOf).join('')}`;

// Of the sizes of Premium, the least and the one that has room for our largest load.
const shown_plans = ['Free', 'Pro', 'Business', 'Premium', 'Premium 200 TB'];

const billsWith = (given) => {
  const options = readOptions(given);
  return options.loads.map((views) => billOf(views, options));
};

const headOf = (first, say) => [first, ...readOptions().loads.map((views) => `${spoken(views)} ${say.views}`)];

function services(language, say) {
  const bills = billsWith({});
  const cells = (pick) => bills.map((bill) => amountIn(language, pick(bill)));
  return table(headOf(say.service, say), [
    ...bills[0].services.map(({ name }, at) => [say.names[name] ?? name, ...cells((bill) => bill.services[at].listed)]),
    [say.listed, ...cells((bill) => bill.total.listed)],
    [say.free, ...bills.map((bill) => `−${amountIn(language, bill.total.free)}`)],
    [`**${say.paid}**`, ...cells((bill) => bill.total.paid).map((paid) => `**${paid}**`)],
    [say.unverified, ...cells((bill) => bill.unverified)],
  ]);
}

function choices(language, say) {
  const cells = (given) => billsWith(given).map((bill) => amountIn(language, bill.total.paid));
  return table(headOf(say.choice, say), say.choices.map(([name, given]) => [name, ...cells(given)]));
}

function free(language, say) {
  const rows = price_file.freeEachMonth.map(({ covers, amount }) => {
    const { service } = price_file.prices.find((price) => price.id === covers);
    return [service, `${numberIn(language, amount)} ${say.free_units[covers]}`];
  });
  return table([say.service, say.free_amount], rows, '---');
}

function plans(language, say) {
  const options = readOptions();
  const bills = options.loads.map((views) => plansFor(billOf(views, options), options));
  const known = price_file.flatRatePlans.filter(({ name }) => shown_plans.includes(name));
  const cell = (plan) => (plan.fits ? amountIn(language, plan.total) : say.too_small);
  return table([...headOf(say.plan, say), say.ours], known.map(({ name, usd, customPolicies }) => [
    `${name} (${say.dollars(numberIn(language, usd))})`,
    ...bills.map((all) => cell(all.find((plan) => plan.name === name))),
    customPolicies ? say.yes : say.no,
  ]));
}

export function guideTables(language) {
  const say = words[language];
  return Object.fromEntries(Object.entries({ services, choices, free, plans })
    .map(([name, make]) => [name, make(language, say)]));
}
