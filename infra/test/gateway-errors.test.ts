// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { parse } from 'yaml';

import { resources, source } from './world.ts';

const responses = (environment: 'staging' | 'production') => resources(environment, 'Api', 'ApiGateway::GatewayResponse');
const known = [...source('src/http/problem.cpp').matchAll(/\{errc::(\w+), (\d+), "([^"]+)"\}/g)]
  .map(([, code, status, title]) => ({ type: `urn:palabre:problem:${code!.replaceAll('_', '-')}`, status: Number(status), title }));
const contract = parse(source('contract/openapi.yaml'));

test('an error of the gateway is one of our problems, in the same words', () => {
  expect(known.length).toBeGreaterThan(30);
  for (const { Properties } of responses('staging')) {
    const told = JSON.parse(Properties.ResponseTemplates['application/json']);
    const { detail, ...rest } = told;
    expect(known).toContainEqual(rest);
    expect(Properties.StatusCode).toBe(String(told.status));
    expect(contract.components.schemas.Problem.properties.type.enum).toContain(told.type);
    expect(Object.keys(told)).toEqual(detail === undefined ? ['type', 'title', 'status'] : ['type', 'title', 'status', 'detail']);
  }
});

test('where our code would say the same, the detail is the same as well', () => {
  const sources = ['src/http/page_request.cpp', 'src/http/api.cpp', 'src/http/flood_gate.cpp', 'src/service/keys.cpp',
    'src/runtime/lambda/gateway_function.cpp'].map(source).join('');
  const same = ['BAD_REQUEST_PARAMETERS', 'INVALID_API_KEY', 'MISSING_AUTHENTICATION_TOKEN', 'THROTTLED', 'QUOTA_EXCEEDED', 'REQUEST_TOO_LARGE'];
  for (const type of same) {
    const { Properties } = responses('staging').find((each) => each.Properties.ResponseType === type)!;
    expect(sources).toContain(`"${JSON.parse(Properties.ResponseTemplates['application/json']).detail}"`);
  }
});

test('who moderates is told to sign in, and not to send a key that opens nothing there', () => {
  const { Properties } = responses('staging').find((each) => each.Properties.ResponseType === 'UNAUTHORIZED')!;
  expect(JSON.parse(Properties.ResponseTemplates['application/json']).detail).toContain('Authorization: Bearer');
  // RFC 9110, section 11.6.1.
  expect(Properties.ResponseParameters['gatewayresponse.header.WWW-Authenticate']).toBe("'Bearer'");
});

test('every answer says its kind, is kept by nobody, and 429 and 503 say when to come back', () => {
  for (const { Properties } of responses('staging')) {
    const headers = Properties.ResponseParameters;
    expect(headers['gatewayresponse.header.Content-Type']).toBe("'application/problem+json'");
    expect(headers['gatewayresponse.header.Cache-Control']).toBe("'no-store'");
    const later = ['429', '503'].includes(Properties.StatusCode);
    expect(headers['gatewayresponse.header.Retry-After'] !== undefined).toBe(later);
  }
});

test('what has no response of its own falls back to one of ours', () => {
  const types = responses('staging').map((each) => each.Properties.ResponseType);
  expect(types).toContain('DEFAULT_4XX');
  expect(types).toContain('DEFAULT_5XX');
});

test('a page of the one other site may read it; the site itself needs no leave', () => {
  const origin = 'gatewayresponse.header.Access-Control-Allow-Origin';
  for (const { Properties } of responses('production')) expect(Properties.ResponseParameters[origin]).toBe("'https://blog.example'");
  for (const { Properties } of responses('staging')) expect(Properties.ResponseParameters[origin]).toBeUndefined();
});
