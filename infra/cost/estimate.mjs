#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0

// Prints what the site would cost each month on AWS: node infra/cost/estimate.mjs
//   --options FILE.json   what is deployed, see --help
//   --json                all numbers, for programs

import fs from 'node:fs';
import { pathToFileURL } from 'node:url';

import { billOf, plansFor } from './bill.mjs';
import { price_file } from './facts.mjs';
import { OptionError, describeOptions, readOptions } from './options.mjs';
import { printed } from './table.mjs';

const usage = `Usage: node infra/cost/estimate.mjs [--options FILE.json] [--json]

Options in the file, each with what it may be and its default:
${describeOptions()}
  assumptions: an object of numbers that replace those of infra/cost/assumptions.json
`;

// {options, bills}: for each load its bill, the same without a cache, and the flat-rate plans.
export function estimate(given = {}) {
  const options = readOptions(given);
  const uncached = { ...options, cacheSeconds: 0, countsSeconds: 0 };
  const bills = options.loads.map((views) => {
    const bill = billOf(views, options);
    return { ...bill, withoutCache: billOf(views, uncached).total, plans: plansFor(bill, options) };
  });
  return { options, bills, pricesReadOn: price_file.readOn };
}

function readFile(name) {
  try {
    return JSON.parse(fs.readFileSync(name, 'utf8'));
  } catch (fault) {
    throw new OptionError(`The options cannot be read from ${name}: ${fault.message}`);
  }
}

function readArguments(words) {
  const asked = { json: false, help: false, given: {} };
  for (let at = 0; at < words.length; at++) {
    if (words[at] === '--json') asked.json = true;
    else if (words[at] === '--help' || words[at] === '-h') asked.help = true;
    else if (words[at] !== '--options') throw new OptionError(`Unknown word "${words[at]}".\n\n${usage}`);
    else if (words[at + 1] === undefined) throw new OptionError('--options needs the name of a file.');
    else asked.given = readFile(words[++at]);
  }
  return asked;
}

// Returns the exit status.
export function main(words, out = process.stdout, err = process.stderr) {
  try {
    const asked = readArguments(words);
    if (asked.help) out.write(usage);
    else if (asked.json) out.write(`${JSON.stringify(estimate(asked.given), null, 2)}\n`);
    else out.write(printed(estimate(asked.given)));
    return 0;
  } catch (fault) {
    if (!(fault instanceof OptionError)) throw fault;
    err.write(`estimate: ${fault.message}\n`);
    return 2;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(fs.realpathSync(process.argv[1])).href) {
  process.exitCode = main(process.argv.slice(2));
}
