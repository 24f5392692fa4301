// SPDX-License-Identifier: Apache-2.0
import text from './style.css';

let sheet: CSSStyleSheet | undefined;

// One sheet for all elements of the page. Constructed sheets need no 'unsafe-inline'.
export function adoptStyle(root: ShadowRoot): void {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
  }
  root.adoptedStyleSheets = [sheet];
}
