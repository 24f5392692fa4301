// SPDX-License-Identifier: Apache-2.0

// The problems of src/http/problem.cpp that the gateway or the firewall tells in our place, in the
// same words; test/gateway-errors.test.ts compares.
const known = {
  'malformed-request': { status: 400, title: 'The request is not HTTP/1.1 as it should be', detail: '' },
  'missing-section': {
    status: 400,
    title: 'The parameter sectionId is missing',
    detail: 'Add ?sectionId= and a section.',
  },
  'key-required': {
    status: 401,
    title: 'This needs an API key or a sign-in',
    detail: 'Send an x-api-key; the owner of this service gives them.',
  },
  'invalid-key': { status: 401, title: 'This API key opens nothing', detail: 'Sign in again.' },
  'key-refused': {
    status: 403,
    title: 'This API key may not do that',
    detail: 'Ask by the public address of the site.',
  },
  'unknown-route': {
    status: 404,
    title: 'Nothing stands at this address',
    detail: 'See /openapi.json for what stands where.',
  },
  'body-too-large': { status: 413, title: 'The body is too large', detail: 'The body is too large.' },
  'not-json': { status: 415, title: 'The body is not declared as JSON', detail: '' },
  'quota-exceeded': {
    status: 429,
    title: 'The quota of this API key is used up',
    detail: 'This key has made all its posts of the day; a new day begins at midnight UTC.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests in a short time',
    detail: 'Wait for as long as Retry-After says.',
  },
  'internal-error': { status: 500, title: 'Something broke on our side', detail: '' },
  'too-busy': { status: 503, title: 'Too much work is waiting', detail: '' },
} as const;

export type ProblemName = keyof typeof known;

export function statusOf(name: ProblemName): number {
  return known[name].status;
}

// The bytes that http::problem_response would write. `instead` is a detail of the gateway's own, for
// what only the gateway asks of people.
export function problemText(name: ProblemName, instead?: string): string {
  const { status, title } = known[name];
  const detail = instead ?? known[name].detail;
  const type = `urn:palabre:problem:${name}`;
  return JSON.stringify(detail === '' ? { type, title, status } : { type, title, status, detail });
}
