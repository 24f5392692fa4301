// SPDX-License-Identifier: Apache-2.0

type Child = Node | string | false | undefined;

// An element with its attributes and children. `true` is an attribute without a value; false and
// undefined are left out. Text enters as text.
export function h<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string | boolean | undefined>> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value || value === '') element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.filter((child): child is Node | string => !!child));
  return element;
}

export function button(text: string, kind: string, onPress: () => void): HTMLButtonElement {
  const element = h('button', { type: 'button', class: kind, part: 'button ' + kind }, text);
  element.addEventListener('click', onPress);
  return element;
}

// A place for short sentences, which are read aloud as they come.
export function status(): HTMLElement {
  return h('p', { role: 'status', part: 'message', tabindex: '-1' });
}

interface HtmlPolicy {
  createHTML(html: string): string;
}
interface HtmlPolicies {
  createPolicy(name: string, rules: HtmlPolicy): HtmlPolicy;
}

let policy: HtmlPolicy | undefined;

// The one place where HTML is made from a string: the server has sanitised it.
export function setServerHtml(element: HTMLElement, html: string): void {
  const { trustedTypes } = globalThis as { trustedTypes?: HtmlPolicies };
  policy ??= trustedTypes?.createPolicy('palabre', { createHTML: (safe) => safe });
  element.innerHTML = policy ? policy.createHTML(html) : html;
}
