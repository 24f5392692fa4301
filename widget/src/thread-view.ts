// SPDX-License-Identifier: Apache-2.0
import type { Comment } from './api.js';
import type { FormHost } from './form.js';

// What own.ts sees of a thread; it is loaded by the thread, and must not lead back to it.
export interface ThreadView {
  readonly element: HTMLElement;
  readonly host: FormHost;
  readonly comments: Map<string, Comment>;
  readonly status: HTMLElement;
  readonly total: number;
  show(total: number): unknown;
  tell(name: string, detail: object): boolean;
}
