// SPDX-License-Identifier: Apache-2.0
import type { ApiError, FieldError } from '../api.js';
import { en } from './en.js';
import { fr } from './fr.js';
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

// The sentence for a bad field; the server's own for a code that came later than this widget.
export function fieldErrorText({ code, limit, message }: FieldError, { fields }: Messages): string {
  const sentence: string | undefined = fields[code];
  const isKnown = sentence && (limit || !sentence.includes('{'));
  return isKnown ? fill(sentence, limit!) : message;
}

// The sentence for a request that failed.
export function problemText({ problemName, status }: ApiError, messages: Messages): string {
  const isRefused = status >= 400 && status < 500;
  return messages.problems[problemName] ?? (isRefused ? messages.refused : messages.failed);
}
