// SPDX-License-Identifier: Apache-2.0
import type { CommentDraft, FieldError } from './api.js';
import { h } from './dom.js';
import { recall, remember, withScheme } from './draft.js';
import { Field } from './field.js';
import { fieldErrorText, type Messages } from './i18n/language.js';

// The three fields of a comment. Who the author is is remembered from one form to the next.
export class Fields {
  readonly text: Field;
  // The author's name and, behind a fold, the address of a site.
  readonly who: HTMLElement;
  readonly #author: Field;
  readonly #website: Field;
  // Nobody sees it nor comes to it; what is in it was written by a machine.
  readonly #trap = h('input', { name: 'email', hidden: true, autocomplete: 'off' });
  readonly #fold: HTMLDetailsElement;
  readonly #messages: Messages;

  // The limits are the server's defaults.
  constructor(messages: Messages, text: string) {
    const { author = '', website = '' } = recall<CommentDraft>('author');
    const url = { type: 'url', autocomplete: 'url' };
    this.#messages = messages;
    this.text = new Field('textarea', {}, messages.text, 10_000, text, messages.hint);
    this.#author = new Field('input', { autocomplete: 'name' }, messages.author, 80, author);
    this.#website = new Field('input', url, messages.website, 300, website, messages.optional);
    this.#fold = h(
      'details',
      { open: !!website },
      h('summary', {}, messages.website),
      this.#website.element,
    );
    this.who = h('div', { class: 'who' }, this.#author.element, this.#fold, this.#trap);
  }

  rememberAuthor(): void {
    remember('author', { author: this.#author.input.value, website: this.#website.input.value });
  }

  words(): Pick<CommentDraft, 'author' | 'text' | 'website' | 'email'> {
    const website = withScheme(this.#website.input.value.trim());
    const author = this.#author.input.value.trim();
    const email = this.#trap.value;
    return {
      author,
      text: this.text.input.value,
      ...(website && { website }),
      ...(email && { email }),
    };
  }

  // Shows these errors and no others, and takes the reader to the first. Gives the sentence of one
  // that belongs to no field, or ''.
  showErrors(errors: readonly FieldError[]): string {
    const fields: Partial<Record<string, Field>> = {
      text: this.text,
      author: this.#author,
      website: this.#website,
    };
    let rest = '';
    for (const field of Object.values(fields)) field?.showError('');
    for (const error of errors) {
      const sentence = fieldErrorText(error, this.#messages);
      const field = fields[error.field];
      field?.showError(sentence);
      if (!field) rest = sentence;
      if (field === this.#website) this.#fold.open = true;
    }
    const first = Object.values(fields).find((field) => field?.input.ariaInvalid);
    first?.input.focus();
    return rest;
  }
}
