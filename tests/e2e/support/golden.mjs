// SPDX-License-Identifier: Apache-2.0
// contract/golden against a home that lives: its clock runs and its ids are drawn, so what it makes
// up itself (ids, times, tokens, tags) is told back into what stands in the golden file, wherever it
// first appears in the place of it; after that, every byte must agree.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sourceRoot } from './server.mjs';

const folder = join(sourceRoot, 'contract/golden');

export const goldenFiles = readdirSync(folder).filter((name) => name.endsWith('.json'));
export const readGolden = (name) => JSON.parse(readFileSync(join(folder, name), 'utf8'));

// Each home is set up like the application of the unit test that holds golden files.
export const goldenOrigin = 'https://friend.example';
export const goldenHeldSection = 'missions';
export const goldenKeys = [
  { name: 'site of the test', role: 'site', letter: 's' },
  { name: 'moderator of the test', role: 'moderator', letter: 'm' },
].map((key) => ({ ...key, text: `plb_${key.letter.repeat(10)}_${key.letter.repeat(40)}` }));

const made = {
  id: /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  time: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
  token: /^[\w-]{43}$/,
  tag: /^"[0-9a-f]{16}"$/,
  cursor: /^[\w-]{24,}$/,
  place: /^\/commentaires\/[0-9a-f-]{36}$/,
};
const kindOf = (text) => Object.keys(made).find((kind) => made[kind].test(text));

const replaceAll = (text, pairs) => [...pairs].reduce((now, [from, to]) => now.split(from).join(to), text);

// What every home says of itself and no golden file can: its version, and checks of its own.
const ofTheHome = (text) => text.replace(/"version":"[^"]*"/, '"version":"0.0.0"').replace(/,"disk":\{"status":"ok"\}/, '');

export class GoldenHome {
  #toGolden = new Map(); // what was seen: what stands in the file
  #fromGolden = new Map();

  // `ask` takes {method, target, headers, body} and gives {status, headers, text}. `keys` are those
  // of the home, by those of the file.
  constructor(ask, keys = new Map()) {
    this.ask = ask;
    for (const [golden, own] of keys) this.#fromGolden.set(golden, own);
  }

  // The answer to an entry, as the file would state it. `headers` are all that the home sent.
  async answerTo({ request, response }) {
    const wanted = request.json === undefined ? undefined : JSON.stringify(request.json);
    const headers = Object.fromEntries(Object.entries(request.headers ?? {}).map(([n, v]) => [n, this.#mine(v)]));
    if (wanted !== undefined) headers['content-type'] ??= 'application/json';
    const got = await this.ask({
      method: request.method, target: this.#mine(request.target), headers, body: wanted && this.#mine(wanted),
    });
    const text = ofTheHome(got.text);
    this.#learn(response, { headers: got.headers, text });
    const stated = Object.entries(got.headers).map(([name, value]) => [name, this.#golden(value)]);
    return { status: got.status, headers: Object.fromEntries(stated), body: this.#golden(text) };
  }

  #mine(text) { return replaceAll(text, this.#fromGolden); }
  #golden(text) { return replaceAll(text, this.#toGolden); }

  #learn(golden, seen) {
    for (const [name, value] of Object.entries(golden.headers)) this.#pair(value, seen.headers[name] ?? '');
    if (!golden.body || !seen.text) return;
    this.#walk(JSON.parse(golden.body), JSON.parse(seen.text));
  }

  #walk(golden, seen) {
    if (typeof golden === 'string' && typeof seen === 'string') return this.#pair(golden, seen);
    if (!golden || !seen || typeof golden !== 'object') return undefined;
    for (const name of Object.keys(golden)) this.#walk(golden[name], seen[name]);
    return undefined;
  }

  // One of the home's own stands for one of the file, and for no other: whatever is exchanged or
  // made twice shows as a difference. The clock of the file stands still, that of a home does not.
  #pair(golden, seen) {
    const kind = kindOf(golden);
    if (!kind || kind === 'place' || golden === seen || kindOf(seen) !== kind || this.#toGolden.has(seen)) return;
    if (kind !== 'time' && [...this.#toGolden.values()].includes(golden)) return;
    this.#toGolden.set(seen, golden);
    if (kind !== 'time') this.#fromGolden.set(golden, seen);
  }
}
