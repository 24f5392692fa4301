// SPDX-License-Identifier: Apache-2.0

// One percent-encoding for each path (RFC 3986 §6.2.2): what needs none has none, the rest is in
// upper case, a stray percent sign is itself encoded. encodeURI encodes every percent sign; those
// that began an escape are put right after it.
function normalise(segment: string): string {
  return encodeURI(segment).replace(/%25([\da-f]{2})/gi, (_, hex: string) => {
    const character = String.fromCharCode(parseInt(hex, 16));
    return /[\w.~-]/.test(character) ? character : '%' + hex.toUpperCase();
  });
}

// The one name of a page, from its URL or path: scheme, host, query and fragment are dropped, empty
// and dot segments removed, a trailing slash and a trailing "index.html" dropped. The server has the
// same function; contract/page-paths.json holds both to one table.
export function foldPagePath(address: string): string {
  const path = address.replace(/^([a-z][a-z\d+.-]*:)?\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
  const kept: string[] = [];
  const segments = path.split('/').map(normalise);
  for (const segment of segments) {
    if (segment === '..') kept.pop();
    else if (segment && segment !== '.') kept.push(segment);
  }
  // More than once, so that a folded path stays as it is when folded again.
  while (kept.at(-1) === 'index.html') kept.pop();
  return '/' + kept.join('/');
}

// A section as the server will name it: paths and addresses are folded, a word stays as it is.
export function foldSection(section: string): string {
  return /^\/|^https?:\/\//i.test(section) ? foldPagePath(section) : section;
}

// The section of an element: its attribute, else the page's canonical path, else its path. A
// canonical address on another host speaks of another site and is not followed.
export function sectionOf(element: Element): string {
  const named = element.getAttribute('section');
  if (named) return foldSection(named);
  const canonical = document.querySelector<HTMLLinkElement>('link[rel~="canonical"][href]')?.href;
  const here = canonical?.startsWith(location.origin + '/') ? canonical : location.pathname;
  return foldPagePath(here);
}
