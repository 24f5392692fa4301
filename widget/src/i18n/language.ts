// SPDX-License-Identifier: Apache-2.0
import type { ApiError, FieldError } from '../api.js';
import { en } from './en.js';
import { fr } from './fr.js';
import { timeUntil } from '../time.js';
import type { Messages } from './messages.js';

export type { Messages };

// French for any kind of French, English for everything else.
export function messagesOf(tag: string): Messages {
  return /^fr\b/i.test(tag) ? fr : en;
}

// By the attribute, else by the language of the place where the element stands, else the reader's.
export function messagesFor(element: Element): Messages {
  return messagesOf(element.closest<HTMLElement>('[lang]')?.lang || navigator.language);
}

export function fill(sentence: string, value: string | number): string {
  return sentence.replace(/{\w+}/, () => `${value}`);
}

// "1 commentaire", "1 234 commentaires".
export function countText(total: number, { one, other, tag }: Messages): string {
  const plural = new Intl.PluralRules(tag).select(total) === 'one' ? one : other;
  return fill(plural, total.toLocaleString(tag));
}

// The sentence for a bad field; the server's own when it names a limit and does not tell it.
export function fieldErrorText({ code, limit, message }: FieldError, messages: Messages): string {
  const sentence = messages.fields[code] ?? messages.odd;
  return limit || !sentence.includes('{') ? fill(sentence, limit!) : message;
}

// What a server that is busy and does not say for how long is given.
const pauseMsUsual = 60_000;

// The sentence for a request that failed.
export function problemText(error: ApiError, messages: Messages): string {
  const { problemName, retryAfterMs, status } = error;
  const { busy, failed, noKey, problems, refused, tag } = messages;
  // key-required, key-refused, invalid-key.
  const isKey = /key/.test(problemName);
  const usual = status === 429 ? busy : status < 400 || status > 499 ? failed : refused;
  const sentence = problems[problemName] ?? (isKey ? noKey : usual);
  return fill(sentence, timeUntil(retryAfterMs || pauseMsUsual, tag));
}
