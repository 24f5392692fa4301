// SPDX-License-Identifier: Apache-2.0
import { recall, remember } from './draft.js';

// What lets a reader change comments of their own: by id, the token and until when it holds.
export type Tokens = Record<string, readonly [token: string, until: string]>;

const place = (root: string): string => 'own:' + root;

// Keeps a token for the API at `root`.
export function keepToken(root: string, id: string, token: string, until: string): void {
  remember(place(root), { ...recall(place(root)), [id]: [token, until] });
}

// The ids and tokens that hold still.
export function liveTokens(root: string): [string, Tokens[string]][] {
  const all = Object.entries(recall<Tokens>(place(root)) as Tokens);
  return all.filter(([, [, until]]) => Date.parse(until) > Date.now());
}

// What is over is forgotten.
export function forgetOthers(root: string, live: Tokens): void {
  remember(place(root), Object.keys(live).length ? live : undefined);
}
