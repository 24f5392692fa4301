// SPDX-License-Identifier: Apache-2.0
import { sectionOf } from './page-path.js';

// What both elements share: they start when connected, stop when disconnected, and start again when
// attributes have changed, once for several changes in a row.
export abstract class PalabreElement extends HTMLElement {
  #life: AbortController | undefined;
  #isStale = false;

  // The section whose comments are meant.
  get section(): string {
    return sectionOf(this);
  }

  set section(name: string) {
    this.setAttribute('section', name);
  }

  connectedCallback(): void {
    this.start(this.restart());
  }

  disconnectedCallback(): void {
    this.#life?.abort();
    this.#life = undefined;
  }

  attributeChangedCallback(): void {
    if (!this.#life || this.#isStale) return;
    this.#isStale = true;
    queueMicrotask(() => {
      this.#isStale = false;
      if (this.#life) this.connectedCallback();
    });
  }

  // Ends what was under way. The signal ends what comes next.
  protected restart(): AbortSignal {
    this.#life?.abort();
    this.#life = new AbortController();
    return this.#life.signal;
  }

  protected abstract start(signal: AbortSignal): void;
}
