// SPDX-License-Identifier: Apache-2.0
import { Api, type ApiError, type Comment, type PostedComment } from './api.js';
import { button, h, status } from './dom.js';
import type { PalabreElement } from './element.js';
import { CommentForm, type FormHost } from './form.js';
import { countText, fill, type Messages, messagesFor } from './i18n/language.js';
import { anchor, CommentList, type ReplyHandler } from './list.js';
import { keepToken, liveTokens } from './tokens.js';
import type { ThreadView } from './thread-view.js';
import { arrange } from './tree.js';

// How often "5 minutes ago" is written anew.
const refreshMs = 60_000;

// How many pages are read to find the comment that the page's address names.
const searchPagesMax = 10;

// The id of the comment that the page's address names, or ''.
function linkedId(): string {
  return location.hash.startsWith('#' + anchor) ? location.hash.slice(anchor.length + 1) : '';
}

// The comments of one section on the page, from the first request until `signal` ends it.
export class Thread implements ThreadView {
  readonly element: HTMLElement;
  readonly #owner: PalabreElement;
  readonly host: FormHost;
  readonly comments = new Map<string, Comment>();
  readonly status = status();
  readonly #messages: Messages;
  readonly #section: string;
  readonly #signal: AbortSignal;
  readonly #list: CommentList;
  readonly #heading: HTMLElement;
  readonly #more: HTMLButtonElement;
  #next: string | undefined;
  #total = 0;
  #isLoading = false;
  #markOwn: (() => void) | undefined;

  // Reads the attributes of `owner`, and sends its events from there.
  constructor(owner: PalabreElement, signal: AbortSignal) {
    const messages = (this.#messages = messagesFor(owner));
    const section = (this.#section = owner.section);
    const isReadonly = owner.hasAttribute('readonly');
    this.#owner = owner;
    this.#signal = signal;
    this.host = {
      api: new Api(owner.getAttribute('api') ?? '', owner.getAttribute('api-key')),
      messages,
      section,
      signal,
      allow: (draft) => this.tell('before-post', draft, true),
      posted: (comment, held) => this.#posted(comment, held),
      failed: ({ problem, status }) => this.tell('error', { status, problem }),
    };
    const reply: ReplyHandler = (...pressed) => this.#reply(...pressed);
    this.#list = new CommentList(messages, isReadonly ? undefined : reply);
    const level = Number(owner.getAttribute('heading-level')) || 2;
    this.#heading = h(`h${level}` as 'h2', { part: 'heading' }, messages.title);
    this.#more = button(messages.more, 'more', () => void this.#loadMore());
    this.#more.hidden = true;
    this.element = h(
      'section',
      { lang: messages.tag, part: 'root' },
      this.#heading,
      !isReadonly && new CommentForm(this.host).element,
      this.status,
      this.#list.element,
      this.#more,
    );
    const timer = setInterval(() => {
      this.#list.refreshTimes();
      this.#markOwn?.();
    }, refreshMs);
    signal.addEventListener('abort', () => clearInterval(timer));
    addEventListener('hashchange', () => void this.#reveal(), { signal });
  }

  // Published comments of the section, as far as is known.
  get total(): number {
    return this.#total;
  }

  // Reads the first page when the reader comes near, or at once when the page's address names a
  // comment.
  watch(): void {
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.at(-1)?.isIntersecting) return;
        observer.disconnect();
        void this.load();
      },
      { rootMargin: linkedId() ? '9999999px' : '400px' },
    );
    observer.observe(this.#owner);
    this.#signal.addEventListener('abort', () => observer.disconnect());
  }

  // Reads the next page and shows it; the first time, the first. Gives the id of the first comment
  // that is new to the reader.
  async load(): Promise<string | undefined> {
    if (this.#isLoading) return undefined;
    const messages = this.#messages;
    const section = this.#section;
    const signal = this.#signal;
    const limit = this.#owner.getAttribute('page-size');
    const isFirst = !this.comments.size;
    this.#setLoading(true);
    this.status.textContent = messages.loading;
    try {
      const query = {
        sectionId: section,
        ...(limit && { limit }),
        ...(this.#next && { cursor: this.#next }),
      };
      const { closed, comments, nextCursor, total } = await this.host.api.list(query, signal);
      // What is shown stays as it is, and so do forms under it.
      for (const comment of comments) {
        if (!this.comments.has(comment.id)) this.comments.set(comment.id, comment);
      }
      this.element.classList.toggle('closed', !!closed);
      this.#next = nextCursor;
      const none = this.comments.size ? '' : messages.empty;
      this.status.textContent = closed ? messages.closed : none;
      this.#more.textContent = messages.more;
      this.#more.hidden = !nextCursor;
      const first = this.show(total);
      this.#setLoading(false);
      this.tell('load', { section, total });
      if (isFirst) await this.#reveal();
      return first;
    } catch (error) {
      if (signal.aborted) return undefined;
      this.status.textContent = messages.loadFailed;
      this.#more.textContent = messages.retry;
      this.#more.hidden = false;
      this.host.failed(error as ApiError);
      this.#setLoading(false);
      return undefined;
    }
  }

  async #loadMore(): Promise<void> {
    const first = await this.load();
    if (first) this.#list.reveal(first);
  }

  #setLoading(loading: boolean): void {
    this.#isLoading = loading;
    this.#more.ariaBusy = `${loading}`;
  }

  show(total: number): string | undefined {
    this.#total = total;
    this.#heading.textContent = countText(total, this.#messages);
    const first = this.#list.show(arrange(this.comments.values()));
    void this.#findOwn();
    return first;
  }

  // Takes the reader to the comment that the page's address names, through older pages if need be.
  async #reveal(): Promise<void> {
    const id = linkedId();
    for (let pages = 0; id && !this.#list.reveal(id) && pages < searchPagesMax; pages++) {
      if (!this.#next || this.#isLoading) return;
      await this.load();
    }
  }

  #reply(parent: Comment, article: HTMLElement, pressed: HTMLElement): void {
    const close = (): void => {
      form.element.remove();
      pressed.hidden = false;
    };
    const posted = (comment: Comment, held: boolean): void => {
      if (!held) close();
      this.#posted(comment, held);
    };
    const cancelled = (): void => {
      close();
      pressed.focus();
    };
    const label = fill(this.#messages.replyTo, parent.author);
    const task = { label, place: parent.id, parent, cancelled };
    const form = new CommentForm({ ...this.host, posted }, task);
    pressed.hidden = true;
    article.after(form.element);
    form.focus();
  }

  // What changes comments of the reader's own is asked for when there is one that can be changed.
  async #findOwn(): Promise<void> {
    if (!this.#markOwn) {
      if (!liveTokens(this.host.api.root).length) return;
      // Reading and posting work without it.
      const part = await import('./own.js').catch(() => undefined);
      this.#markOwn ??= part?.default(this, CommentForm);
    }
    this.#markOwn?.();
  }

  #posted({ editToken, editableUntil, ...comment }: PostedComment, held: boolean): void {
    if (editToken) keepToken(this.host.api.root, comment.id, editToken, editableUntil!);
    if (!held) {
      const isNew = !this.comments.has(comment.id);
      this.comments.set(comment.id, comment);
      this.show(this.#total + Number(isNew));
      this.#list.reveal(comment.id);
      this.status.textContent = this.#messages.posted;
    }
    this.tell('post', { comment, held, section: this.#section, total: this.#total });
  }

  // False when a listener has prevented what the event announces.
  tell(name: string, detail: object, cancelable = false): boolean {
    return this.#owner.dispatchEvent(
      new CustomEvent('palabre-' + name, { detail, cancelable, bubbles: true, composed: true }),
    );
  }
}
