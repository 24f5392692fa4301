// SPDX-License-Identifier: Apache-2.0
// The entry of the bundle: loading it twice is harmless.
import { PalabreCommentsElement } from './comments-element.js';
import { PalabreCountElement } from './count-element.js';

function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}

define('palabre-comments', PalabreCommentsElement);
define('palabre-count', PalabreCountElement);
