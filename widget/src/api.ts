// SPDX-License-Identifier: Apache-2.0
import type { components } from './contract.js';

type Schemas = components['schemas'];
export type Comment = Schemas['Comment'];
export type PostedComment = Schemas['PostedComment'];
export type CommentDraft = Schemas['CommentDraft'];
export type CommentPage = Schemas['CommentPage'];
export type Counts = Schemas['Counts'];
export type Problem = Schemas['Problem'];
export type FieldError = Schemas['FieldError'];
export type FieldCode = FieldError['code'];
type AfterLastColon<T> = T extends `urn:palabre:problem:${infer Name}` ? Name : never;
export type ProblemName = AfterLastColon<Problem['type']>;

// A server that says nothing for this long has lost the request.
const timeoutMs = 20_000;

// What went wrong with a request. `status` is 0 when no answer came, or one that is cut off.
export class ApiError extends Error {
  // `retryAfterMs` is 0 or NaN when the server wished for no pause, or for one until a date.
  constructor(
    readonly status: number,
    readonly problem?: Partial<Problem>,
    readonly retryAfterMs = 0,
  ) {
    super(problem?.title);
  }

  // The stable name of the problem, by which to branch. May be one that this widget does not know.
  get problemName(): ProblemName {
    return this.problem?.type?.split(':').at(-1) as ProblemName;
  }

  // Whether the same request may succeed a little later.
  get isPassing(): boolean {
    return [0, 429, 502, 503, 504].includes(this.status);
  }
}

// `held`: taken, and awaiting a moderator.
export interface Written {
  readonly comment: PostedComment;
  readonly held: boolean;
}

// One request; the answer's body with its status. Throws ApiError only.
async function ask<T>(
  address: string,
  signal?: AbortSignal,
  init: RequestInit = {},
): Promise<{ status: number; body: T }> {
  const late = AbortSignal.timeout(timeoutMs);
  try {
    const answer = await fetch(address, {
      ...init,
      credentials: 'omit',
      // The browser asks whether its copy still holds, lest it hide a comment just posted.
      cache: 'no-cache',
      signal: signal ? AbortSignal.any([signal, late]) : late,
    });
    const { ok, status, headers } = answer;
    // 204 has no body.
    if (ok) return { status, body: (status === 204 || (await answer.json())) as T };
    const problem = (await answer.json().catch(() => undefined)) as Problem | undefined;
    throw new ApiError(status, problem, Number(headers.get('retry-after')) * 1000);
  } catch (error) {
    throw error instanceof ApiError ? error : new ApiError(0);
  }
}

function json(body: unknown, headers = {}, method = 'POST'): RequestInit {
  headers = { 'content-type': 'application/json', ...headers };
  return { method, headers, body: JSON.stringify(body) };
}

// The requests that the widget makes. `base` is the origin of the API, '' for the page's own; `key`
// goes with what is written.
export class Api {
  // Where comments are asked for; also tells one API from another.
  readonly root: string;
  readonly #key: object;

  constructor(base: string, key?: string | null) {
    this.root = base.replace(/\/+$/, '') + '/commentaires';
    this.#key = key ? { 'x-api-key': key } : {};
  }

  async list(
    query: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<CommentPage> {
    return (await ask<CommentPage>(`${this.root}?${new URLSearchParams(query)}`, signal)).body;
  }

  async counts(sections: readonly string[]): Promise<Counts['counts']> {
    const query = new URLSearchParams(sections.map((section) => ['sectionId', section]));
    return (await ask<Counts>(`${this.root}/counts?${query}`)).body.counts;
  }

  async preview(text: string, signal: AbortSignal): Promise<string> {
    return (await ask<{ html: string }>(this.root + '/preview', signal, json({ text }))).body.html;
  }

  post(
    draft: CommentDraft,
    key: string,
    signal: AbortSignal,
  ): Promise<Written> {
    return this.write('', draft, { 'idempotency-key': key }, signal);
  }

  // Writes a new comment, or changes the one at `path`.
  async write(
    path: string,
    content: unknown,
    headers: object,
    signal: AbortSignal,
    method?: string,
  ): Promise<Written> {
    const request = json(content, { ...this.#key, ...headers }, method);
    const { status, body } = await ask<PostedComment>(this.root + path, signal, request);
    return { comment: body, held: status === 202 };
  }
}
