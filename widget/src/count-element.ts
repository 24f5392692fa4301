// SPDX-License-Identifier: Apache-2.0
import { Api } from './api.js';
import { PalabreElement } from './element.js';
import { countText, messagesFor } from './i18n/language.js';

// As many as one request may ask for.
const sectionsMax = 100;

type Receive = (total: number) => void;

// The questions of one turn of the event loop: base of the API, section, who wants to know.
let waiting: [string, string, Receive][] = [];

// Asks each API once for up to 100 sections.
async function askAll(): Promise<void> {
  const questions = waiting;
  waiting = [];
  for (const [base, mine] of Map.groupBy(questions, ([api]) => api)) {
    const names = [...new Set(mine.map(([, section]) => section))];
    while (names.length) {
      const asked = names.splice(0, sectionsMax);
      // A count is an ornament: without an answer, what the page's author wrote inside stays.
      const counts = await new Api(base).counts(asked).catch(() => []);
      for (const [, section, receive] of mine) {
        const total = counts[asked.indexOf(section)]?.total;
        if (total !== undefined) receive(total);
      }
    }
  }
}

function ask(base: string, section: string, receive: Receive): void {
  if (!waiting.length) queueMicrotask(() => void askAll());
  waiting.push([base, section, receive]);
}

// <palabre-count>: how many comments a section has. All of a page are asked for in one request.
export class PalabreCountElement extends PalabreElement {
  static readonly observedAttributes = ['section', 'api', 'lang', 'format'];

  #total: number | undefined;

  // Undefined before the first answer.
  get total(): number | undefined {
    return this.#total;
  }

  // Asks anew; several elements that do so in one turn share a request.
  reload(): void {
    if (this.isConnected) this.connectedCallback();
  }

  protected start(signal: AbortSignal): void {
    const { section } = this;
    ask(this.getAttribute('api') ?? '', section, (total) => {
      if (!signal.aborted) this.#show(total);
    });
    // What <palabre-comments> learns of the same section is news for us too.
    const listen = (event: Event): void => {
      const { detail } = event as CustomEvent<{ section: string; total: number }>;
      if (detail.section === section) this.#show(detail.total);
    };
    for (const name of ['load', 'post', 'change']) {
      document.addEventListener('palabre-' + name, listen, { signal });
    }
  }

  #show(total: number): void {
    this.#total = total;
    const messages = messagesFor(this);
    const isNumber = this.getAttribute('format') === 'number';
    this.textContent = isNumber ? total.toLocaleString(messages.tag) : countText(total, messages);
  }
}
