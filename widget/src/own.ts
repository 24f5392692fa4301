// SPDX-License-Identifier: Apache-2.0
// The second file, palabre-own.js: buttons to change and delete comments of the reader's own. See
// docs/decisions/0010-widget-own-comments.md.
import type { ApiError, Comment } from './api.js';
import { button, h, status } from './dom.js';
import type { CommentForm } from './form.js';
import { problemText } from './i18n/language.js';
import { messagesOf } from './i18n/own.js';
import type { ThreadView } from './thread-view.js';
import { forgetOthers, liveTokens } from './tokens.js';

// Gives a function that puts the buttons where they belong now, and takes them away where the time
// is over. `Form` comes along since the first file has it already.
export default function own(thread: ThreadView, Form: typeof CommentForm): () => void {
  return () => {
    const { host, comments, element } = thread;
    const tokens = Object.fromEntries(liveTokens(host.api.root));
    forgetOthers(host.api.root, tokens);
    for (const article of element.querySelectorAll('article')) {
      const comment = comments.get(article.id.replace(/^[a-z]+-/, ''));
      const [token] = (comment && !comment.deleted && tokens[comment.id]) || [];
      const there = article.querySelector('.actions');
      if (!token) there?.remove();
      else if (!there) article.append(actions(thread, Form, article, comment!, token));
    }
  };
}

// The comment as it is after a change; deleted, or held for a moderator, it leaves the page.
function changed(thread: ThreadView, comment: Comment, held: boolean, sentence: string): void {
  const { comments, element } = thread;
  const hasReplies = (id: string): boolean =>
    [...comments.values()].some(({ parentId }) => parentId === id);
  const leave = (id: string): void => {
    const parent = comments.get(comments.get(id)?.parentId ?? '');
    comments.delete(id);
    element.querySelector(`[id$="${id}"]`)?.parentElement?.remove();
    // A place that was kept for replies goes with the last of them.
    if (parent?.deleted && !hasReplies(parent.id)) leave(parent.id);
  };
  const isGone = held || comment.deleted;
  if (held || (isGone && !hasReplies(comment.id))) leave(comment.id);
  else comments.set(comment.id, comment);
  thread.show(thread.total - Number(isGone ?? false));
  thread.status.textContent = sentence;
  thread.status.focus();
  const { section } = thread.host;
  thread.tell('change', { comment, held, section, total: thread.total });
}

// Where the buttons of one comment stand, and what they need.
interface Place {
  thread: ThreadView;
  comment: Comment;
  own: ReturnType<typeof messagesOf>;
  messages: ThreadView['host']['messages'];
  send(method: string, content?: object): ReturnType<ThreadView['host']['api']['write']>;
  // While something is under way, it stands in the place of the buttons.
  show(under: HTMLElement, hidesText?: boolean): void;
  close(under: HTMLElement, pressed: HTMLElement): void;
}

function actions(
  thread: ThreadView,
  Form: typeof CommentForm,
  article: HTMLElement,
  comment: Comment,
  token: string,
): HTMLElement {
  const { api, messages, signal } = thread.host;
  const own = messagesOf(messages.tag);
  const box = h('div', { class: 'actions' });
  const text = article.querySelector<HTMLElement>('.html')!;
  const place: Place = {
    thread,
    comment,
    own,
    messages: { ...messages, publish: own.save, problems: { ...messages.problems, ...own.problems } },
    send: (method, content) =>
      api.write('/' + comment.id, content, { 'edit-token': token }, signal, method),
    show(under, hidesText = false) {
      box.hidden = true;
      text.hidden = hidesText;
      article.after(under);
    },
    close(under, pressed) {
      under.remove();
      box.hidden = text.hidden = false;
      pressed.focus();
    },
  };
  box.append(editButton(place, Form), removeButton(place));
  return box;
}

function editButton(place: Place, Form: typeof CommentForm): HTMLElement {
  const { thread, comment, own, messages } = place;
  const edit = button(own.edit, 'link', () => {
    const form = new Form(
      {
        ...thread.host,
        messages,
        change: (text) => place.send('PATCH', { text }),
        posted: (now, held) => {
          form.element.remove();
          changed(thread, now, held, held ? messages.held : own.edited);
        },
      },
      {
        label: own.editTitle,
        place: 'edit:' + comment.id,
        text: comment.text,
        cancelled: () => place.close(form.element, edit),
      },
    );
    form.element.classList.add('own');
    place.show(form.element, true);
    form.focus();
  });
  return edit;
}

function removeButton(place: Place): HTMLElement {
  const { thread, comment, own, messages } = place;
  const remove = button(own.remove, 'link', () => {
    const told = status();
    const yes = button(own.remove, 'main', () => {
      yes.disabled = true;
      place
        .send('DELETE')
        .catch((error: ApiError) => {
          // A repetition after a lost answer.
          if (error.status !== 404) throw error;
        })
        .then(() => {
          under.remove();
          const words = { author: '', text: '', html: '', deleted: true };
          changed(thread, { ...comment, ...words }, false, own.removed);
        })
        .catch((error: ApiError) => {
          yes.disabled = false;
          told.textContent = problemText(error, messages);
          told.focus();
          thread.host.failed(error);
        });
    });
    const cancel = (): void => place.close(under, remove);
    const no = button(messages.cancel, '', cancel);
    const buttons = h('div', { class: 'actions' }, yes, no);
    const under = h('div', { role: 'group', 'aria-label': own.ask }, h('p', {}, own.ask), buttons, told);
    under.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape') cancel();
    });
    place.show(under);
    no.focus();
  });
  return remove;
}
