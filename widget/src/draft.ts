// SPDX-License-Identifier: Apache-2.0

// What a reader has written and not yet published. `key` is the Idempotency-Key under which
// `content` was last sent.
export interface Draft {
  readonly text: string;
  readonly key?: string;
  readonly content?: string;
  // When its first key was pressed, in milliseconds since 1970.
  readonly since?: number;
}

// Unique, and of visible ASCII: 128 bits. crypto.randomUUID is missing on pages without HTTPS.
export function makeKey(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-');
}

// The draft ready to be sent: the same content keeps its key, so that the server knows a repetition;
// other content gets another key.
export function withKey(draft: Draft, content: string, make = makeKey): Draft & { key: string } {
  const key = draft.key && draft.content === content ? draft.key : make();
  return { ...draft, key, content };
}

// People write "example.org" and mean https://example.org.
export function withScheme(website: string): string {
  return !website || /^[a-z][a-z\d+.-]*:/i.test(website) ? website : 'https://' + website;
}

// What is kept on the reader's machine, by name. Where storage is refused (a privacy mode, a full
// disk) nothing is kept, and nothing is thrown.
export function recall<T>(name: string): Partial<T> {
  try {
    return (JSON.parse(localStorage.getItem('palabre:' + name)!) ?? {}) as Partial<T>;
  } catch {
    return {};
  }
}

// Without a value, forgets.
export function remember(name: string, value?: object): void {
  try {
    if (value) localStorage.setItem('palabre:' + name, JSON.stringify(value));
    else localStorage.removeItem('palabre:' + name);
  } catch {
    // The reader's text is on the page still.
  }
}
