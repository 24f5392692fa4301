// SPDX-License-Identifier: Apache-2.0
import type { FieldCode, ProblemName } from '../api.js';

// Everything the widget says, in one language. `{n}` stands for a number, `{name}` for an author.
export interface Messages {
  // For Intl and for the attribute lang.
  readonly tag: string;
  readonly one: string;
  readonly other: string;
  readonly title: string;
  readonly loading: string;
  readonly loadFailed: string;
  readonly retry: string;
  readonly empty: string;
  readonly more: string;
  readonly verified: string;
  readonly edited: string;
  readonly older: string;
  readonly inReplyTo: string;
  readonly reply: string;
  readonly replyTo: string;
  readonly write: string;
  readonly author: string;
  readonly website: string;
  readonly optional: string;
  readonly text: string;
  readonly hint: string;
  readonly publish: string;
  readonly publishing: string;
  readonly preview: string;
  readonly cancel: string;
  readonly retrying: string;
  readonly posted: string;
  readonly held: string;
  readonly deleted: string;
  readonly closed: string;
  // Shown beside a field; `{n}` is the limit that was crossed. `odd` for all other codes.
  readonly fields: Readonly<Partial<Record<FieldCode, string>>>;
  readonly odd: string;
  // For a problem without a sentence of its own: no answer or a server's fault, and our fault.
  readonly failed: string;
  readonly refused: string;
  // For everything about API keys, and for a server that wishes for a pause.
  readonly noKey: string;
  readonly busy: string;
  // What a reader can do something about, or should know; `{when}` is "dans 5 minutes".
  readonly problems: Readonly<Partial<Record<ProblemName, string>>>;
}
