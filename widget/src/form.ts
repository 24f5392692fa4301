// SPDX-License-Identifier: Apache-2.0
import type { Api, ApiError, Comment, CommentDraft, FieldError } from './api.js';
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
  posted(comment: Comment, held: boolean): void;
  failed(error: ApiError): void;
}

// The comment that is answered, and what to do when the reader gives it up.
export interface ReplyTo {
  readonly parent: Comment;
  cancelled(): void;
}

// The form under which a comment or a reply is written, seen in advance and sent.
export class CommentForm {
  readonly element: HTMLFormElement;
  readonly #host: FormHost;
  readonly #reply: ReplyTo | undefined;
  readonly #place: string;
  readonly #fields: Fields;
  readonly #all: HTMLFieldSetElement;
  readonly #preview = h('div', { class: 'html preview', part: 'preview', 'aria-live': 'polite' });
  readonly #message = status();
  readonly #retry: HTMLButtonElement;
  #draft: Draft;

  constructor(host: FormHost, reply?: ReplyTo) {
    const { messages } = host;
    this.#host = host;
    this.#reply = reply;
    this.#place = 'draft:' + (reply?.parent.id ?? host.section);
    this.#draft = { text: '', ...recall<Draft>(this.#place) };
    this.#fields = new Fields(messages, this.#draft.text);
    this.#retry = button(messages.retry, '', () => void this.#send());
    this.#retry.hidden = true;
    this.#preview.hidden = true;
    const publish = button(messages.publish, 'main', () => undefined);
    publish.type = 'submit';
    const preview = button(messages.preview, '', () => void this.#showPreview());
    const cancel = reply && button(messages.cancel, 'link', reply.cancelled);
    const label = reply ? fill(messages.replyTo, reply.parent.author) : messages.write;
    this.#all = h(
      'fieldset',
      // The group has the name: forms with one are landmarks, and pages have several of ours.
      { 'aria-label': label },
      this.#fields.text.element,
      this.#preview,
      this.#fields.who,
      h('div', { class: 'actions' }, publish, preview, cancel),
    );
    this.element = h(
      'form',
      { part: 'form', novalidate: true },
      this.#all,
      this.#message,
      this.#retry,
    );
    this.element.addEventListener('input', () => this.#save());
    this.element.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#send();
    });
    this.element.addEventListener('keydown', ({ isComposing, key }) => {
      if (key === 'Escape' && !isComposing) reply?.cancelled();
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
      ...this.#fields.content(),
      ...(this.#reply && { parentId: this.#reply.parent.id }),
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
    const { api, messages, signal } = this.#host;
    const content = this.#content();
    const { text, author } = content;
    if (this.#all.disabled || !this.#check({ text, author }) || !this.#host.allow(content)) return;
    const { key } = (this.#draft = withKey({ ...this.#draft, text }, JSON.stringify(content)));
    this.#save();
    this.#setBusy(true);
    try {
      const { comment, held } = await withRetries(
        () => {
          this.#message.textContent = messages.publishing;
          return api.post(content, key, signal);
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
    if (error.problemName === 'idempotency-conflict') {
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
