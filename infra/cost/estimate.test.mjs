// SPDX-License-Identifier: Apache-2.0

// The command as a person or ./deploy meets it, and what the documentation shows of it.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { billOf } from './bill.mjs';
import { price_file } from './facts.mjs';
import { picture } from './picture.mjs';
import { OptionError, readOptions } from './options.mjs';
import { filled, published } from './publish.mjs';
import { service_names } from './services.mjs';

const command = fileURLToPath(new URL('estimate.mjs', import.meta.url));
const root = new URL('../../', import.meta.url);
const room = fs.mkdtempSync(path.join(os.tmpdir(), 'palabre-cost-'));
after(() => fs.rmSync(room, { recursive: true }));

const run = (...words) => spawnSync(process.execPath, [command, ...words], { encoding: 'utf8' });
const file = (text) => {
  const name = path.join(room, 'options.json');
  fs.writeFileSync(name, typeof text === 'string' ? text : JSON.stringify(text));
  return name;
};
const refused = (given, sentence) => assert.throws(() => readOptions(given),
  (fault) => fault instanceof OptionError && sentence.test(fault.message));

describe('options', () => {
  test('an unknown one is named, beside those that are', () => {
    refused({ regoin: 'eu-west-3' }, /There is no option "regoin"\. There are: region, domain, waf/);
    refused({ assumptions: { sectoins: 3 } }, /There is no assumption "sectoins"\. There are: .*\bsections\b/);
  });
  test('a value that is none is refused with what it may be', () => {
    refused({ region: 'eu-west-1' }, /option region must be one of eu-west-3, us-east-1, not "eu-west-1"/);
    refused({ waf: true }, /waf must be one of edge, stage, none, not true/);
    refused({ domain: 'yes' }, /domain must be true or false, not "yes"/);
    refused({ cacheSeconds: 1.5 }, /cacheSeconds must be a whole number from 0 to 3600, not 1\.5/);
    refused({ healthCheckRegions: 2 }, /healthCheckRegions must be a whole number from 3 to 8, not 2/);
    refused({ loads: [] }, /loads must be a list of one to six numbers/);
    refused({ loads: ['1000'] }, /loads must be a list/);
    refused({ assumptions: { sections: -1 } }, /assumption sections must be a number that is not negative, not -1/);
    refused([], /The options must be an object/);
    refused({ assumptions: [] }, /assumptions must be an object/);
  });
  test('names of every object are no options', () => {
    refused({ constructor: 1 }, /There is no option "constructor"/);
    refused(JSON.parse('{"__proto__": 1}'), /There is no option "__proto__"/);
  });
});

describe('the command', () => {
  test('prints each service, what is free, what is not verified, and what is to pay', () => {
    const { status, stdout, stderr } = run();
    assert.equal(status, 0, stderr);
    for (const name of service_names) assert.match(stdout, new RegExp(`^${name.replace(/[()]/g, '\\$&')} `, 'm'));
    assert.match(stdout, /^page views a day +1 k +100 k +10 M$/m);
    assert.match(stdout, /^to pay /m);
    assert.match(stdout, /free each month/);
    assert.match(stdout, new RegExp(`prices read on ${price_file.readOn}`));
    const doubtful = stdout.slice(stdout.indexOf('prices that no source confirms'));
    assert.match(doubtful, /API Gateway/);
    assert.match(doubtful, /a gigabyte exported to S3: from memory/);
  });
  test('takes options from a file, and gives numbers as JSON', () => {
    const given = { region: 'us-east-1', waf: 'none', loads: [2000] };
    const { status, stdout } = run('--options', file(given), '--json');
    assert.equal(status, 0);
    const { options, bills, pricesReadOn } = JSON.parse(stdout);
    assert.equal(options.region, 'us-east-1');
    assert.equal(pricesReadOn, price_file.readOn);
    assert.equal(bills.length, 1);
    assert.equal(bills[0].total.paid, billOf(2000, readOptions(given)).total.paid);
    assert.ok(bills[0].withoutCache.paid >= bills[0].total.paid);
    assert.equal(bills[0].plans[0].name, 'Free');
  });
  test('refuses with a sentence and 2', () => {
    for (const [words, sentence] of [
      [['--options', file({ price: 1 })], /^estimate: There is no option "price"/],
      [['--options', path.join(room, 'absent.json')], /^estimate: The options cannot be read from .*absent\.json/],
      [['--options'], /^estimate: --options needs the name of a file/],
      [['--csv'], /^estimate: Unknown word "--csv"/],
    ]) {
      const { status, stdout, stderr } = run(...words);
      assert.equal(status, 2);
      assert.equal(stdout, '');
      assert.match(stderr, sentence);
    }
    const broken = run('--options', file('{'));
    assert.equal(broken.status, 2);
    assert.match(broken.stderr, /cannot be read/);
  });
  test('says what there is to choose', () => {
    const { status, stdout } = run('--help');
    assert.equal(status, 0);
    for (const name of Object.keys(readOptions())) assert.match(stdout, new RegExp(`^  ${name}: `, 'm'));
  });
});

describe('the documentation', () => {
  for (const [name, text] of Object.entries(published())) {
    test(`${name} shows these numbers (node infra/cost/publish.mjs)`, () => {
      assert.equal(fs.readFileSync(new URL(name, root), 'utf8'), text);
    });
  }
  test('the picture follows the prices and says its numbers to who cannot see it', () => {
    assert.notEqual(picture({ region: 'us-east-1' }), picture());
    const least = billOf(1000, readOptions({ cacheSeconds: 60, countsSeconds: 60 })).total.paid;
    assert.match(picture(), new RegExp(`aria-label="[^"]*60 s \\$${least.toFixed(2).replace('.', '\\.')}`));
  });
  test('a page without a place for a table is noticed', () => {
    assert.throws(() => filled('<!-- cost:a -->\n', { a: 'x' }), /no place for the table a/);
    assert.equal(filled('<!-- cost:a -->\nold<!-- /cost:a -->', { a: 'new\n' }), '<!-- cost:a -->\nnew\n<!-- /cost:a -->');
  });

  // Sentences are not made by publish.mjs: when one of these fails, read both pages again.
  const [small, middle, large] = readOptions().loads.map((views) => billOf(views, readOptions()));
  const without = (views, given) => billOf(views, readOptions(given)).total.paid;
  const paid = (bill, name) => bill.services.find((one) => one.name === name).paid;
  test('what its sentences say of the firewall, the health check and Lambda holds', () => {
    const firewall = paid(small, 'WAF') / small.total.paid;
    assert.ok(firewall > 0.4 && firewall < 0.5);
    const check = small.total.paid - without(1000, { healthCheck: false });
    assert.equal((check - 2.75).toFixed(2), '4.37');
    assert.ok(Math.floor(small.traffic.health / small.traffic.views) === 17 && small.traffic.health > 5e5);
    for (const bill of [small, middle, large]) assert.ok(paid(bill, 'Lambda') < 0.02 * bill.total.paid);
  });
  test('what its sentences say of the cache, the credits and the plans holds', () => {
    const [none, long] = [{ cacheSeconds: 0 }, { cacheSeconds: 60, countsSeconds: 60 }];
    assert.ok(without(1000, none) - small.total.paid < 0.01);
    assert.ok(middle.total.paid > 0.9 * without(1e5, none));
    assert.ok(Math.abs(1 - large.total.paid / without(1e7, none) - 0.23) < 0.02);
    assert.ok(Math.abs(1 - without(1e7, long) / large.total.paid - 1 / 3) < 0.03);
    assert.equal(Math.floor(200 / small.total.paid), 10);
  });
});
