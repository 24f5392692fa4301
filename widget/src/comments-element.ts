// SPDX-License-Identifier: Apache-2.0
import { PalabreElement } from './element.js';
import { adoptStyle } from './style.js';
import { Thread } from './thread.js';

// <palabre-comments>: the comments of a section and the form to write one. See docs/widget.md.
export class PalabreCommentsElement extends PalabreElement {
  static readonly observedAttributes = [
    'section',
    'api',
    'api-key',
    'lang',
    'page-size',
    'heading-level',
    'readonly',
  ];

  readonly #root = this.attachShadow({ mode: 'open' });
  #thread: Thread | undefined;

  // Published comments of the section, as far as is known; 0 before the first answer.
  get total(): number {
    return this.#thread?.total ?? 0;
  }

  // Reads the comments anew. Resolves when they are shown or have failed.
  async reload(): Promise<void> {
    if (this.isConnected) await this.#show(this.restart()).load();
  }

  protected start(signal: AbortSignal): void {
    this.#show(signal).watch();
  }

  #show(signal: AbortSignal): Thread {
    this.#thread = new Thread(this, signal);
    adoptStyle(this.#root);
    this.#root.replaceChildren(this.#thread.element);
    return this.#thread;
  }
}
