// SPDX-License-Identifier: Apache-2.0
import { h } from './dom.js';

// The share of a limit from which the count is shown.
const nearLimit = 0.9;

let serial = 0;

// A labelled field with a place for its error and, close to its limit, the number of characters.
export class Field {
  readonly input: HTMLInputElement | HTMLTextAreaElement;
  readonly element: HTMLElement;
  readonly #error: HTMLElement;

  // `limit` in Unicode code points, as the server counts. It is shown and not enforced: the owner of
  // the server may have set another.
  constructor(
    kind: 'input' | 'textarea',
    attributes: Readonly<Record<string, string | boolean>>,
    label: string,
    limit: number,
    value: string,
    hint?: string,
  ) {
    const id = `f${++serial}`;
    const error = (this.#error = h('p', { id: id + 'e', class: 'error', part: 'error' }));
    const count = h('p', { id: id + 'c', class: 'count' });
    const described = `${id}e ${id}c`;
    const input = h(kind, { id, part: 'input', 'aria-describedby': described, ...attributes });
    const countCharacters = (): void => {
      const { length } = [...input.value];
      count.textContent = length > limit * nearLimit ? `${length} / ${limit}` : '';
      count.classList.toggle('error', length > limit);
    };
    input.value = value;
    input.addEventListener('input', countCharacters);
    countCharacters();
    const name = h('label', { for: id }, label, hint && h('small', {}, hint));
    this.input = input;
    this.element = h('div', {}, name, input, error, count);
  }

  // An empty text takes the error away.
  showError(text: string): void {
    this.#error.textContent = text;
    this.input.ariaInvalid = text ? 'true' : null;
  }
}
