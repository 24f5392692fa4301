// SPDX-License-Identifier: Apache-2.0
import type { Api, ApiError, Comment, CommentDraft, FieldError, PostedComment } from './api.js';
import { button, h, setServerHtml, status } from './dom.js';
import { type Draft, recall, remember, withKey } from './draft.js';
import { Fields } from './fields.js';
import { fill, type Messages, problemText } from './i18n/language.js';
import { pause, withRetries } from './retry.js';

// What a form needs of the element around it. All of it outlives the form.
export interface FormHost {
  readonly api: Api;
  readonly messages: Messages;
  readonly section: string;
  readonly signal: AbortSignal;
  // Whether the draft may be sent.
  allow(draft: CommentDraft): boolean;
  posted(comment: PostedComment, held: boolean): void;
  // Instead of posting: changes a comment's text.
  change?(text: string): ReturnType<Api['post']>;
  failed(error: ApiError): unknown;
}

// A form below a comment: what it is for, and what to do when the reader gives it up.
export interface FormTask {
  readonly label: string;
  // The name under which its draft is kept.
  readonly place: string;
  // The comment that is answered, if one is.
  readonly parent?: Comment;
  // The text to begin with.
  readonly text?: string;
  cancelled(): void;
}

// The form under which a comment or a reply is written, seen in advance and sent.
export class CommentForm {
  readonly element: HTMLFormElement;
  readonly #host: FormHost;
  readonly #task: FormTask | undefined;
  readonly #place: string;
  readonly #fields: Fields;
  readonly #all: HTMLFieldSetElement;
  readonly #preview = h('div', { class: 'html preview', part: 'preview', 'aria-live': 'polite' });
  readonly #message = status();
  readonly #retry: HTMLButtonElement;
  #draft: Draft;

  constructor(host: FormHost, task?: FormTask) {
    const { messages } = host;
    this.#host = host;
    this.#task = task;
    this.#place = 'draft:' + (task?.place ?? host.section);
    this.#draft = { text: task?.text ?? '', ...recall<Draft>(this.#place) };
    this.#fields = new Fields(messages, this.#draft.text);
    this.#retry = button(messages.retry, '', () => void this.#send());
    this.#retry.hidden = true;
    this.#preview.hidden = true;
    const publish = button(messages.publish, 'main', () => undefined);
    publish.type = 'submit';
    const preview = button(messages.preview, '', () => void this.#showPreview());
    const cancel = task && button(messages.cancel, 'link', task.cancelled);
    this.#all = h(
      'fieldset',
      // The group has the name: forms with one are landmarks, and pages have several of ours.
      { 'aria-label': task?.label ?? messages.write },
      this.#fields.text.element,
      this.#preview,
      !host.change && this.#fields.who,
      h('div', { class: 'actions' }, publish, preview, cancel),
    );
    this.element = h(
      'form',
      { part: 'form', novalidate: true },
      this.#all,
      this.#message,
      this.#retry,
    );
    this.element.addEventListener('input', () => {
      this.#draft = { since: Date.now(), ...this.#draft };
      this.#save();
    });
    this.element.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#send();
    });
    this.element.addEventListener('keydown', ({ isComposing, key }) => {
      if (key === 'Escape' && !isComposing) task?.cancelled();
    });
  }

  focus(): void {
    this.#fields.text.input.focus();
  }

  #save(): void {
    this.#draft = { ...this.#draft, text: this.#fields.text.input.value };
    remember(this.#place, this.#draft.text ? this.#draft : undefined);
    this.#fields.rememberAuthor();
    this.#preview.hidden = true;
  }

  #content(): CommentDraft {
    return {
      sectionId: this.#host.section,
      ...this.#fields.words(),
      ...(this.#task?.parent && { parentId: this.#task.parent.id }),
    };
  }

  async #showPreview(): Promise<void> {
    const { text } = this.#content();
    if (!this.#check({ text })) return;
    try {
      setServerHtml(this.#preview, await this.#host.api.preview(text, this.#host.signal));
      this.#preview.hidden = false;
    } catch (error) {
      this.#fail(error as ApiError);
      this.#retry.hidden = true;
    }
  }

  async #send(): Promise<void> {
    const { api, change, messages, signal } = this.#host;
    const content = this.#content();
    const { text, author } = content;
    const isFilled = !this.#all.disabled && this.#check(change ? { text } : { text, author });
    if (!isFilled || !(change || this.#host.allow(content))) return;
    // Not part of the content: a repetition comes later, and is the same.
    const { since } = this.#draft;
    const elapsedMs = since && Date.now() - since;
    const { key } = (this.#draft = withKey({ ...this.#draft, text }, JSON.stringify(content)));
    this.#save();
    this.#setBusy(true);
    try {
      const { comment, held } = await withRetries(
        () => {
          this.#message.textContent = messages.publishing;
          return change?.(text) ?? api.post({ ...content, ...(elapsedMs && { elapsedMs }) }, key, signal);
        },
        (ms) => {
          this.#message.textContent = fill(messages.retrying, Math.ceil(ms / 1000));
          return pause(ms, signal);
        },
      );
      this.#setBusy(false);
      this.#fields.text.input.value = '';
      this.#draft = { text: '' };
      this.#save();
      this.#message.textContent = held ? messages.held : '';
      if (held) this.#message.focus();
      this.#host.posted(comment, held);
    } catch (error) {
      this.#setBusy(false);
      this.#fail(error as ApiError);
    }
  }

  #setBusy(busy: boolean): void {
    this.#all.disabled = busy;
    this.element.ariaBusy = `${busy}`;
  }

  // Takes old errors away, and shows which of these fields are empty. True when none is.
  #check(filled: Readonly<Record<string, string>>): boolean {
    const empty = Object.keys(filled).filter((name) => !filled[name]!.trim());
    this.#retry.hidden = true;
    this.#message.textContent = this.#fields.showErrors(
      empty.map((name) => ({ field: name, code: 'required' }) as FieldError),
    );
    return !empty.length;
  }

  #fail(error: ApiError): void {
    const { messages, signal } = this.#host;
    // The element has gone or started anew; the draft and its key are kept.
    if (signal.aborted) return;
    // The server knows this key with other content: the next try gets another.
    if (error.status === 409) {
      this.#draft = { text: this.#draft.text };
      this.#save();
    }
    this.#retry.hidden = !error.isPassing && error.status < 500;
    if (!this.#retry.hidden) this.#retry.focus();
    const errors = error.problem?.errors;
    this.#message.textContent = errors
      ? this.#fields.showErrors(errors)
      : problemText(error, messages);
    this.#host.failed(error);
  }
}
