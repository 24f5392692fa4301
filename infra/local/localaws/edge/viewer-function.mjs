// SPDX-License-Identifier: Apache-2.0
// Runs one CloudFront function: its code is the first line of standard input, then come events, a line of
// JSON each, and a line of JSON goes out for each. The function sees JavaScript alone: no Node, no clock
// that it could wait by, no network, as in CloudFront.
import { createInterface } from 'node:readline';
import vm from 'node:vm';

// CloudFront gives a function less than that, and does not say how much: this only ends loops.
const timeoutMs = 1000;

const world = vm.createContext({}, { codeGeneration: { strings: false, wasm: false } });
let isLoaded = false;

for await (const line of createInterface({ input: process.stdin })) {
  const given = JSON.parse(line);
  try {
    if (!isLoaded) vm.runInContext(given.code, world, { timeout: timeoutMs });
    else process.stdout.write(`${JSON.stringify({ value: answer(given) })}\n`);
    isLoaded = true;
  } catch (error) {
    process.stdout.write(`${JSON.stringify({ error: String(error) })}\n`);
    if (!isLoaded) process.exit(1);
  }
}

function answer(event) {
  const text = vm.runInContext(`JSON.stringify(handler(${JSON.stringify(event)}))`, world, { timeout: timeoutMs });
  return JSON.parse(text);
}
