// SPDX-License-Identifier: Apache-2.0

// What must hold for every site, and what the prices must say of themselves.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { describe, test } from 'node:test';

import { billOf } from './bill.mjs';
import { assumption_file, assumptions, freeOf, price_file, priceOf } from './facts.mjs';
import { defaults, readOptions } from './options.mjs';
import { service_names } from './services.mjs';

const loads = [0, 1, 50, 1e3, 1e4, 1e5, 7e5, 1e6, 1e7, 5e7, 1e8, 1e9];
const sites = [];
for (const region of ['eu-west-3', 'us-east-1']) {
  for (const waf of ['edge', 'stage', 'none']) {
    for (const priceClass of ['PriceClass_100', 'PriceClass_200', 'PriceClass_All']) {
      for (const plain of [true, false]) {
        sites.push({ region, waf, priceClass, domain: plain, healthCheck: plain, freeTier: plain });
      }
    }
  }
}
const bill = (views, site) => billOf(views, readOptions(site));
const cent_fraction = 1e-9;  // sums of floating point may differ in their last digits

describe('for every site', () => {
  test('more traffic never costs less, of any service', () => {
    for (const site of sites) {
      const bills = loads.map((views) => bill(views, site));
      bills.slice(1).forEach((more, at) => service_names.forEach((name, which) => {
        const [less_paid, more_paid] = [bills[at].services[which].paid, more.services[which].paid];
        assert.ok(more_paid >= less_paid * (1 - cent_fraction), `${name} at ${more.views} in ${JSON.stringify(site)}`);
      }));
    }
  });
  test('a longer cache never costs more, and costs less when there are many readers', () => {
    for (const site of sites) {
      for (const views of loads) {
        const totals = [0, 1, 5, 60, 3600].map((seconds) =>
          bill(views, { ...site, cacheSeconds: seconds, countsSeconds: seconds }).total.paid);
        totals.slice(1).forEach((total, at) => assert.ok(total <= totals[at] * (1 + cent_fraction)));
        if (views >= 1e6) assert.ok(totals[3] < 0.9 * totals[0], `${views} in ${JSON.stringify(site)}`);
      }
    }
  });
  test('an older site never costs less, and nothing is negative', () => {
    for (const site of sites) {
      const ages = [1, 2, 6, 12, 60].map((months) => bill(1e5, { ...site, months }));
      ages.slice(1).forEach((older, at) =>
        assert.ok(older.total.paid >= ages[at].total.paid * (1 - cent_fraction)));
      assert.ok(ages.every(({ lines }) => lines.every((line) => line.listed >= 0 && line.paid >= 0 && line.free >= 0)));
    }
  });
  test('lines, services and the whole are one sum', () => {
    const one = bill(1e5, {});
    const add = (list, key) => list.reduce((sum, each) => sum + each[key], 0);
    for (const key of ['listed', 'free', 'paid']) {
      assert.ok(Math.abs(add(one.lines, key) - one.total[key]) < 1e-6);
      assert.ok(Math.abs(add(one.services, key) - one.total[key]) < 1e-6);
    }
  });
});

const dated = /^20\d\d-\d\d-\d\d$/;
const checkOrigin = (entry, name) => {
  assert.match(entry.date, dated, name);
  assert.ok(entry.date <= price_file.readOn, `${name} is dated after it was read`);
  assert.match(entry.source, /^https:\/\//, name);
  assert.ok(entry.unit, name);
  assert.ok(entry.how in price_file.how, name);
  assert.equal(entry.verified, ['page', 'quoted'].includes(entry.how), `${name}: ${entry.how} and verified do not fit`);
  if (!entry.verified) assert.ok(entry.note, `${name} is not verified and does not say why`);
};

describe('prices', () => {
  test('each has unit, region, date and source, and is verified only if it was read somewhere', () => {
    for (const price of price_file.prices) {
      const name = `${price.id} in ${price.region}`;
      checkOrigin(price, name);
      assert.ok(['eu-west-3', 'us-east-1', 'global'].includes(price.region), name);
      assert.ok(price.per > 0 && price.what && price.service, name);
      assert.ok(price.tiers ?? price.usd >= 0, name);
    }
  });
  test('each free amount and each plan too', () => {
    for (const free of price_file.freeEachMonth) {
      checkOrigin(free, free.id);
      assert.ok(free.amount > 0 && freeOf(free.covers) === free, free.id);
      assert.ok(price_file.prices.some(({ id }) => id === free.covers), free.id);
    }
    for (const plan of price_file.flatRatePlans) checkOrigin(plan, plan.name);
  });
  test('none comes twice for a region, and steps go up while prices go down', () => {
    const names = price_file.prices.map(({ id, region }) => `${id} ${region}`);
    assert.equal(new Set(names).size, names.length);
    for (const { id, tiers } of price_file.prices.filter((price) => price.tiers)) {
      assert.equal(tiers.at(-1)[0], null, id);
      tiers.slice(1).forEach(([to, usd], at) => assert.ok((to ?? Infinity) > tiers[at][0] && usd < tiers[at][1], id));
    }
  });
  test('none is left unused, and none is missing in a region', () => {
    const used = new Set(sites.flatMap((site) => bill(1e5, site).lines.map((line) => line.price)));
    assert.deepEqual([...used].sort(), [...new Set(price_file.prices.map(({ id }) => id))].sort());
    for (const id of used) for (const region of ['eu-west-3', 'us-east-1']) assert.ok(priceOf(id, region));
  });
});

describe('assumptions', () => {
  test('each has a unit, a kind and a reason, and none comes twice', () => {
    for (const { name, value, unit, kind, reason } of assumption_file.assumptions) {
      assert.ok(Number.isFinite(value) && value >= 0 && unit && kind in assumption_file.kinds, name);
      assert.ok(reason.length > 10 && reason.endsWith('.'), name);
    }
    assert.equal(Object.keys(assumptions).length, assumption_file.assumptions.length);
  });

  const source = (name) => fs.readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
  test('pages of comments are cached for as long as the API says', () => {
    const seconds = /s-maxage=(\d+)/.exec(source('src/http/page_request.cpp'));
    assert.equal(defaults.cacheSeconds, Number(seconds[1]));
  });
  test('the numbers of comments are not cached, since the API forbids it', () => {
    const made = /response json_response\([^]*?\n}/.exec(source('src/http/router.cpp'))[0];
    const count = /response comment_routes::count\([^]*?\n}/.exec(source('src/http/comment_routes.cpp'))[0];
    assert.match(made, /no-store/);
    assert.match(count, /return json_response\(200/);
    assert.doesNotMatch(count, /cache-control/);
    assert.equal(defaults.countsSeconds, 0);
  });
  test('the function sends as many metrics for a route', () => {
    const names = source('src/log/metric_line.cpp').match(/\{"\w+", "(Count|Milliseconds)"/g);
    assert.equal(names.length, assumptions.metrics_per_route);
  });
  test('the site has as many sections and pages with counters', () => {
    const folders = fs.readdirSync(new URL('../../site', import.meta.url), { withFileTypes: true });
    const pages = ['index.html', ...folders.filter((one) => one.isDirectory()).map(({ name }) => `${name}/index.html`)]
      .filter((name) => fs.existsSync(new URL(`../../site/${name}`, import.meta.url)))
      .map((name) => source(`site/${name}`));
    const sections = pages.flatMap((page) => page.match(/<palabre-comments/g) ?? []);
    assert.equal(sections.length, assumptions.sections);
    assert.equal(pages.filter((page) => page.includes('<palabre-count')).length, assumptions.pages_with_counters);
  });
});
