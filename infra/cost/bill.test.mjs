// SPDX-License-Identifier: Apache-2.0

// The model against sums made by hand.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { billOf, costOf, plansFor, withPlan } from './bill.mjs';
import { plans, priceOf } from './facts.mjs';
import { readOptions } from './options.mjs';
import { storageOf } from './storage.mjs';
import { metricMonths, missShare, trafficOf } from './traffic.mjs';

const near = (found, expected) => assert.ok(
  Math.abs(found - expected) <= 1e-4 * Math.abs(expected) + 1e-12, `${found} is not ${expected}`);

// A site in Virginia with nothing around it, and no free amounts: 304,166.67 views a month.
const bare = readOptions({
  region: 'us-east-1', domain: false, waf: 'none', healthCheck: false, freeTier: false, cacheSeconds: 0,
});
const bare_bill = billOf(10_000, bare);
const paid = (bill, price) => bill.lines.filter((line) => line.price === price)
  .reduce((sum, line) => sum + line.paid, 0);
const service = (bill, name) => bill.services.find((one) => one.name === name);

describe('prices by steps', () => {
  test('400 million calls of the gateway: 333 at 3.50 and 67 at 2.80', () => {
    near(costOf(priceOf('apigateway.requests', 'us-east-1'), 400e6), 1353.1);
  });
  test('60 TB from CloudFront: 10 at 0.085, 40 at 0.080, 10 at 0.060 a gigabyte', () => {
    near(costOf(priceOf('cloudfront.out', 'eu-west-3'), 60_000), 850 + 3200 + 600);
  });
  test('nothing costs nothing, and beyond the last step the last price holds', () => {
    assert.equal(costOf(priceOf('cloudfront.out', 'eu-west-3'), 0), 0);
    const price = { per: 10, tiers: [[100, 2], [null, 1]] };
    near(costOf(price, 1000), 20 + 90);
  });
});

describe('a bare site of 10,000 views a day', () => {
  test('609,245.83 calls: each read, each count, a post in a thousand views with two calls more', () => {
    near(bare_bill.traffic.calls, 609_245.83);
    near(service(bare_bill, 'API Gateway').paid, 2.13236);
  });
  test('Lambda: calls of 15 ms with 128 MB, and a backup a day with its 25', () => {
    near(paid(bare_bill, 'lambda.requests'), 0.12200125);
    near(paid(bare_bill, 'lambda.duration'), (1142.336 + 456.25) * 0.0000133334);
  });
  test('DynamoDB: 1,828,041.67 reads, 3,650 writes, 5.11 MB after a year', () => {
    near(paid(bare_bill, 'dynamodb.read'), 0.228505);
    near(paid(bare_bill, 'dynamodb.write'), 0.00228125);
    near(paid(bare_bill, 'dynamodb.storage'), 0.002555);
    near(paid(bare_bill, 'dynamodb.pitr'), 0.001022);
    near(paid(bare_bill, 'dynamodb.export'), 0.014721);
  });
  test('CloudFront: 912,500 requests for the site, and those for the API', () => {
    near(bare_bill.traffic.edge, 912_500 + 609_245.83);
    near(paid(bare_bill, 'cloudfront.requests'), 1.826095);
  });
  test('logs: 1,700 bytes a call', () => near(paid(bare_bill, 'cloudwatch.logs'), 0.517859));
  test('nothing of what was not chosen', () => {
    assert.equal(service(bare_bill, 'Route 53').listed, 0);
    assert.equal(service(bare_bill, 'WAF').listed, 0);
  });
});

describe('what is chosen', () => {
  test('the firewall: 5 for being there, 4 for four rules, 0.60 for a million requests it sees', () => {
    const before_api = billOf(10_000, { ...bare, waf: 'stage' });
    near(service(before_api, 'WAF').paid, 9 + 0.60924583 * 0.6);
    const before_all = billOf(10_000, { ...bare, waf: 'edge' });
    near(service(before_all, 'WAF').paid, 9 + 1.52174583 * 0.6);
  });
  test('the health check: 12 requests a minute, 525,600 a month, and 1,401,600 from everywhere', () => {
    assert.equal(trafficOf(0, { ...bare, healthCheck: true, healthCheckRegions: 8 }).health, 1_401_600);
    assert.equal(trafficOf(0, { ...bare, healthCheck: true, healthCheckRegions: 3 }).health, 525_600);
    near(service(billOf(0, { ...bare, healthCheck: true }), 'Route 53').paid, 2.75);
  });
  test('a domain: the zone, and 100,000 questions', () => {
    near(service(billOf(0, { ...bare, domain: true }), 'Route 53').paid, 0.54);
  });
  test('readers far away are paid at the dearest price of the class', () => {
    const far = billOf(10_000, { ...bare, priceClass: 'PriceClass_All' });
    near(paid(far, 'cloudfront.requests_all'), 0.152174583 * 2.2);
    near(paid(far, 'cloudfront.requests'), 1.826095 * 0.9);
  });
  test('free amounts are taken off before the steps', () => {
    const free = billOf(10_000, { ...bare, freeTier: true });
    assert.equal(paid(free, 'lambda.requests'), 0);
    near(service(free, 'CloudWatch').free, 10 * 0.3 + 9 * 0.1 + 3 + 0.517859);
    near(free.total.listed, bare_bill.total.paid);
    near(free.total.paid, free.total.listed - free.total.free);
  });
});

describe('what the cache answers', () => {
  test('one read a second on two sections, kept for ten seconds: one in six goes on', () => {
    near(missShare(1, 2, 1, 10), 1 / 6);
  });
  test('without seconds, or without readers, all go on', () => {
    assert.equal(missShare(1, 2, 1, 0), 1);
    assert.equal(missShare(0, 2, 1, 60), 1);
  });
  test('the numbers of comments go on unless they are kept too', () => {
    const kept = trafficOf(1e7, { ...bare, cacheSeconds: 60 });
    near(kept.api.counts, kept.counts);
    assert.ok(trafficOf(1e7, { ...bare, countsSeconds: 60 }).api.counts < kept.counts / 100);
  });
});

describe('what piles up', () => {
  // 1,000,000 posts a month of 1,000 bytes: 12 GB after a year, a backup of 0.3 of that each day.
  const options = readOptions({ assumptions: { comment_bytes: 1000, archive_overhead_gb: 0 } });
  const storage = storageOf({ posts: 1e6 }, options);
  const days = (from, to) => ((from + to) / 2) * (to - from + 1);

  test('comments, and the exports of the last thirty days', () => {
    near(storage.table_gb, 12);
    near(storage.exported_gb, (12 * days(336, 365)) / 365);
  });
  test('a month of backups at hand, three in Glacier, the rest in Deep Archive', () => {
    near(storage.standard_gb, (0.3 * 12 * days(336, 365)) / 365);
    near(storage.glacier_gb, (0.3 * 12 * days(246, 335)) / 365);
    near(storage.deep_archive_gb, (0.3 * 12 * days(1, 245)) / 365);
  });
  test('a site of a month has moved nothing yet', () => {
    const young = storageOf({ posts: 1e6 }, { ...options, months: 1 });
    assert.equal(young.deep_archive_gb, 0);
    assert.equal(young.reaches_glacier, false);
  });
  test('a metric is paid for the hours in which it was sent', () => {
    const given = { routes: 7, metrics_per_route: 6, backup_metrics: 3, hours_per_month: 730 };
    const silent = { api: { reads: 0, counts: 0, posts: 0, others: 0, health: 0 } };
    near(metricMonths(silent, given), 3);
    const busy = { api: { ...silent.api, reads: 1e6, health: 1e6 } };
    near(metricMonths(busy, given), 12 + 3);
  });
});

describe('flat-rate plans', () => {
  const options = readOptions();
  const bill = billOf(100_000, options);
  const by_name = (name) => plans.find((plan) => plan.name === name);

  test('a plan takes the place of CloudFront, firewall and zone; S3 is credited', () => {
    const kept = bill.total.paid - service(bill, 'CloudFront').paid - service(bill, 'WAF').paid - 0.54 -
      paid(bill, 's3.storage');
    near(withPlan(bill, by_name('Business'), options), 200 + kept);
  });
  test('17 million requests do not fit into Pro, and do into Business', () => {
    const fits = Object.fromEntries(plansFor(bill, options).map((plan) => [plan.name, plan.fits]));
    assert.deepEqual([fits.Free, fits.Pro, fits.Business], [false, false, true]);
  });
});
