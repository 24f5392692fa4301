// SPDX-License-Identifier: Apache-2.0
// Members that are ours alone, made short in the bundles: what neither the browser, nor JSON, nor a
// page's author ever asks for by name. A test holds the list to the contract. Both files are given
// the same short names, and keep them: add to the end.
const ours = `
  addedTexts allow arrange cancel cancelled cancelling change countText edited editTitle empty failed
  fields hint host inReplyTo isPassing loading loadFailed more messages older optional orphan place
  preview problemName problems publish publishing refreshTimes refused rememberAuthor replies reply
  replyTo restart retry retryAfterMs retrying reveal save showError showErrors watch who words write
  tag posted article older note ask removed task api root show tell load list parent item branch odd noKey busy
`.trim().split(/\s+/);

// No member of the browser is called so: x and y are, and at.
const letters = 'abcdefghijklmnopqrstuvw';
const short = (index) => ['', 'k', 'v', 'j'][Math.floor(index / 23)] + letters[index % 23];

export const mangled = new Map([...new Set(ours)].map((name, index) => [name, short(index)]));
