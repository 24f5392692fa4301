// SPDX-License-Identifier: Apache-2.0
import type { Comment } from './api.js';
import { button, h, setServerHtml } from './dom.js';
import { fill, type Messages } from './i18n/language.js';
import { fullTime, relativeTime } from './time.js';
import type { Branch } from './tree.js';

// What stands on the page for one comment.
interface Item {
  readonly comment: Comment;
  readonly element: HTMLElement;
  readonly article: HTMLElement;
  readonly time: HTMLTimeElement;
  readonly note: HTMLElement;
  readonly replies: HTMLElement;
}

// Called with the button that was pressed; the form belongs after `article`.
export type ReplyHandler = (comment: Comment, article: HTMLElement, pressed: HTMLElement) => void;

// Where a comment stands in the page's address, before its id.
export const anchor = 'commentaire-';

// The author's initial, in a hue that is the same for the same name everywhere.
function avatarOf(author: string): HTMLElement {
  const initial = [...author][0]?.toUpperCase();
  let hue = 0;
  for (const character of author) hue = (hue * 31 + character.codePointAt(0)!) % 360;
  const avatar = h('span', { class: 'avatar', part: 'avatar', 'aria-hidden': 'true' }, initial);
  avatar.style.setProperty('--h', `${hue}`);
  return avatar;
}

// The name, with a link to the author's site. The server takes http and https only; another scheme
// would be an attack on it, and is not followed here either.
function nameOf({ author, website = '' }: Comment): HTMLElement {
  const isWeb = /^https?:/i.test(website);
  const name = isWeb ? h('a', { href: website, rel: 'nofollow ugc noopener' }, author) : author;
  return h('strong', { part: 'author' }, name);
}

// The comments as a tree of lists. Elements are made once and moved after that, so that an open
// reply form and the reader's place survive the arrival of more comments.
export class CommentList {
  readonly element = h('ol', { part: 'list' });
  readonly #items = new Map<string, Item>();
  readonly #messages: Messages;
  readonly #onReply: ReplyHandler | undefined;
  #firstNew: string | undefined;
  #marked: HTMLElement | undefined;

  // Without `onReply`, comments carry no button to reply.
  constructor(messages: Messages, onReply?: ReplyHandler) {
    this.#messages = messages;
    this.#onReply = onReply;
  }

  // Gives the id of the first new comment in the order of reading, if there is one.
  show(top: readonly Branch[]): string | undefined {
    this.#firstNew = undefined;
    this.#place(this.element, top);
    this.refreshTimes();
    return this.#firstNew;
  }

  refreshTimes(): void {
    for (const { time } of this.#items.values()) {
      time.textContent = relativeTime(Date.parse(time.dateTime), Date.now(), this.#messages.tag);
    }
  }

  // Takes the reader to a comment and marks it. False when it is not shown.
  reveal(id: string): boolean {
    const article = this.#items.get(id)?.article;
    if (!article) return false;
    this.#marked?.classList.remove('new');
    this.#marked = article;
    article.classList.add('new');
    article.focus({ preventScroll: true });
    article.scrollIntoView({ block: 'center' });
    return true;
  }

  // What does not belong in `list` any more slides to its end, until it is placed elsewhere.
  #place(list: HTMLElement, branches: readonly Branch[], parent?: Comment): void {
    const { older, inReplyTo } = this.#messages;
    branches.forEach(({ comment, replies, orphan }, index) => {
      let item = this.#items.get(comment.id);
      if (item?.comment !== comment) item = this.#make(comment, item);
      const there = list.children[index];
      if (there !== item.element) list.insertBefore(item.element, there ?? null);
      const name = parent?.author && fill(inReplyTo, parent.author);
      item.note.textContent = orphan ? older : (name || '');
      this.#place(item.replies, replies, comment);
    });
  }

  // In the place of what stood there for the comment before it was changed.
  #make(comment: Comment, old?: Item): Item {
    const messages = this.#messages;
    const { author, deleted, editedAt, html, id, timestamp, verified } = comment;
    const title = fullTime(Date.parse(timestamp), messages.tag);
    const time = h('time', { datetime: timestamp, title });
    const note = h('small');
    const text = h('div', { class: 'html', part: 'text' });
    if (deleted) text.textContent = messages.deleted;
    else setServerHtml(text, html);
    const header = h(
      'header',
      { part: 'meta' },
      nameOf(comment),
      verified && h('small', { class: 'verified' }, messages.verified),
      h('a', { href: '#' + anchor + id }, time),
      editedAt && h('small', {}, messages.edited),
      note,
    );
    const article = h(
      'article',
      { id: anchor + id, part: 'comment', tabindex: '-1', 'aria-label': author || messages.deleted },
      !deleted && avatarOf(author),
      !deleted && header,
      text,
    );
    if (this.#onReply && !deleted) {
      const reply = button(messages.reply, 'link reply', () => this.#onReply?.(comment, article, reply));
      reply.ariaLabel = fill(messages.replyTo, author);
      article.append(reply);
    }
    old?.article.replaceWith(article);
    const replies = old?.replies ?? h('ol');
    const element = old?.element ?? h('li', {}, article, replies);
    const item = { comment, element, article, time, note, replies };
    this.#items.set(id, item);
    this.#firstNew ??= id;
    return item;
  }
}
