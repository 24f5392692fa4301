// SPDX-License-Identifier: Apache-2.0
import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';

import { problemText, statusOf, type ProblemName } from './problems.ts';

// Who moderates is known to the gateway by the user pool, and not by a key.
const signIn = 'Sign in as a moderator, and send the ID token as Authorization: Bearer.';

// What the gateway says itself: the same problems as our code, with headers that let a page read
// them. Where it cannot tell two of ours apart, the more common one is told.
const answers: readonly [ResponseType, ProblemName, Record<string, string>?, string?][] = [
  [ResponseType.DEFAULT_4XX, 'malformed-request'],
  [ResponseType.DEFAULT_5XX, 'internal-error'],
  [ResponseType.BAD_REQUEST_PARAMETERS, 'missing-section'],
  [ResponseType.INVALID_API_KEY, 'key-required'],
  [ResponseType.UNAUTHORIZED, 'key-required', { 'WWW-Authenticate': "'Bearer'" }, signIn],
  [ResponseType.EXPIRED_TOKEN, 'invalid-key', { 'WWW-Authenticate': "'Bearer'" }],
  [ResponseType.ACCESS_DENIED, 'key-refused'],
  [ResponseType.WAF_FILTERED, 'key-refused'],
  // So it calls a method or a path that the contract does not have.
  [ResponseType.MISSING_AUTHENTICATION_TOKEN, 'unknown-route'],
  [ResponseType.RESOURCE_NOT_FOUND, 'unknown-route'],
  [ResponseType.REQUEST_TOO_LARGE, 'body-too-large'],
  [ResponseType.UNSUPPORTED_MEDIA_TYPE, 'not-json'],
  [ResponseType.THROTTLED, 'too-many-requests', { 'Retry-After': "'1'" }],
  [ResponseType.QUOTA_EXCEEDED, 'quota-exceeded', { 'Retry-After': "'3600'" }],
  [ResponseType.INTEGRATION_FAILURE, 'too-busy', { 'Retry-After': "'1'" }],
  [ResponseType.INTEGRATION_TIMEOUT, 'too-busy', { 'Retry-After': "'1'" }],
];

export function addGatewayErrors(api: RestApi, allowedOrigins: readonly string[]): void {
  for (const [type, problem, more, detail] of answers) {
    api.addGatewayResponse(type.responseType, {
      type,
      statusCode: String(statusOf(problem)),
      responseHeaders: {
        'Content-Type': "'application/problem+json'",
        'Cache-Control': "'no-store'",
        'X-Content-Type-Options': "'nosniff'",
        ...crossOrigin(allowedOrigins),
        ...more,
      },
      templates: { 'application/json': problemText(problem, detail) },
    });
  }
}

// Pages of the site itself need none of these. The gateway has one fixed text for a header, so that
// of several other sites it cannot name the one that asked; what it tells is no secret.
function crossOrigin(allowed: readonly string[]): Record<string, string> {
  if (allowed.length === 0) return {};
  const origin = allowed.length === 1 ? allowed[0] : '*';
  return {
    'Access-Control-Allow-Origin': `'${origin}'`,
    'Access-Control-Expose-Headers': "'retry-after'",
    Vary: "'origin'",
  };
}
