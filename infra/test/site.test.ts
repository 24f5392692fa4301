// SPDX-License-Identifier: Apache-2.0
import fs from 'node:fs';
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';

import { asTemplate } from '../lib/missing-page.ts';
import { accessFields } from '../lib/probe-stack.ts';
import { only, page, resources, source, text, type EnvironmentName } from './world.ts';

const distribution = (environment: EnvironmentName) => only(environment, 'Site', 'CloudFront::Distribution').Properties.DistributionConfig;
const named = (type: string, environment: EnvironmentName = 'production') =>
  new Map(resources(environment, 'Site', `CloudFront::${type}`).map((each) => [each.id, each.Properties]));

describe('no answer of the API is replaced', () => {
  const config = distribution('production');
  const origins = new Map<string, { OriginPath?: string }>(config.Origins.map((each: { Id: string }) => [each.Id, each]));

  test('by an error page of the distribution', () => {
    // No page in the place of an answer of the API; and nobody else's failure.
    expect(config.CustomErrorResponses)
      .toEqual([500, 502, 503, 504].map((ErrorCode) => ({ ErrorCode, ErrorCachingMinTTL: 0 })));
  });

  test('because only the site\'s files have a stand-in', () => {
    expect(config.OriginGroups.Quantity).toBe(1);
    const [group] = config.OriginGroups.Items;
    expect(config.DefaultCacheBehavior.TargetOriginId).toBe(group.Id);
    expect(group.FailoverCriteria.StatusCodes.Items).toEqual([403, 404]);
    const [first, second] = group.Members.Items.map((each: { OriginId: string }) => origins.get(each.OriginId));
    expect(first.S3OriginConfig).toBeDefined();
    expect(second.OriginPath).toBe('/live/missing-page');
    for (const each of config.CacheBehaviors.filter((one: { PathPattern: string }) => one.PathPattern !== '*.js')) {
      expect(origins.get(each.TargetOriginId)?.OriginPath).toBe('/live');
      expect(each.FunctionAssociations).toBeUndefined();
    }
  });

  test('and the stand-in is the site\'s own page, with its status', () => {
    const mocks = resources('production', 'Api', 'ApiGateway::Method').filter((each) => each.Properties.Integration.Type === 'MOCK');
    expect(mocks.map((each) => each.Properties.HttpMethod).sort()).toEqual(['GET', 'HEAD']);
    for (const { Properties } of mocks) {
      const [answer] = Properties.Integration.IntegrationResponses;
      expect(answer.StatusCode).toBe('404');
      const template: string = answer.ResponseTemplates['text/html'];
      expect(template).not.toMatch(/[#$]/);
      expect(template.replaceAll('&num;', '#').replaceAll('&dollar;', '$')).toBe(fs.readFileSync(page, 'utf8'));
      expect(answer.ResponseParameters['method.response.header.Cache-Control']).toBe("'public, max-age=60'");
    }
  });

  test('whose words VTL cannot take for its own', () => {
    expect(asTemplate('<a href="#a">5 $</a>')).toBe('<a href="&num;a">5 &dollar;</a>');
    expect(() => asTemplate('<style>a { color: #fff }</style>')).toThrow(/<script> or <style>/);
  });
});

describe('what goes to the gateway', () => {
  const config = distribution('production');
  const behaviour = (pattern: string) => config.CacheBehaviors.find((each: { PathPattern: string }) => each.PathPattern === pattern);
  const cacheOf = (pattern: string) => named('CachePolicy').get(behaviour(pattern).CachePolicyId.Ref)!.CachePolicyConfig;

  test('carries the secret, and not the name by which readers know the site', () => {
    const gateways = config.Origins.filter((each: { CustomOriginConfig?: object }) => each.CustomOriginConfig);
    expect(gateways).toHaveLength(2);
    const resolve = '{{resolve:secretsmanager:palabre/production/edge-1:SecretString:::}}';
    for (const each of gateways) expect(each.OriginCustomHeaders).toEqual([{ HeaderName: 'Referer', HeaderValue: resolve }]);
    const { Statement } = only('production', 'Api', 'ApiGateway::RestApi').Properties.Policy;
    expect(Statement[1]).toMatchObject({ Effect: 'Deny', Condition: { StringNotEquals: { 'aws:Referer': resolve } } });
    expect(only('production', 'Data', 'SecretsManager::Secret').Properties.Name).toBe('palabre/production/edge-1');
    const another = '{{resolve:secretsmanager:palabre/other/edge-2:SecretString:::}}';
    expect(only('other', 'Api', 'ApiGateway::RestApi').Properties.Policy.Statement[1].Condition.StringNotEquals['aws:Referer']).toBe(another);
    for (const { OriginRequestPolicyConfig: policy } of named('OriginRequestPolicy').values()) {
      expect(policy.HeadersConfig.HeaderBehavior).toBe('whitelist');
      expect(policy.HeadersConfig.Headers.map((each: string) => each.toLowerCase())).not.toContain('host');
      expect(policy.HeadersConfig.Headers.length).toBeLessThanOrEqual(10);
    }
  });

  test('tells the function who asks, by a header that CloudFront writes', () => {
    const [policy] = [...named('OriginRequestPolicy').values()];
    expect(policy.OriginRequestPolicyConfig.HeadersConfig.Headers).toContain('cloudfront-viewer-address');
    const api = resources('production', 'Api', 'Lambda::Function')[0]!.Properties;
    expect(api.Environment.Variables.PALABRE_CLIENT_HEADER).toBe('cloudfront-viewer-address');
    for (const pattern of ['/commentaires', '/commentaires/*', '/moderation/*', '/health', '/openapi.json']) {
      expect(behaviour(pattern).OriginRequestPolicyId).toEqual(behaviour('/health').OriginRequestPolicyId);
    }
  });

  test('lets a page send all that the function\'s answer to a preflight allows', () => {
    const allowed = /"(content-type, [^"]+)"/.exec(source('src/http/cors.cpp'))![1]!.split(', ');
    const [policy] = [...named('OriginRequestPolicy').values()];
    expect(policy.OriginRequestPolicyConfig.HeadersConfig.Headers).toEqual(expect.arrayContaining(allowed));
  });

  test('is kept for as long as the function says: reads', () => {
    for (const pattern of ['/commentaires', '/commentaires/*', '/openapi.json']) {
      const { MinTTL, DefaultTTL, MaxTTL } = cacheOf(pattern);
      expect([MinTTL, DefaultTTL]).toEqual([0, 0]);
      const written = /stale-if-error=(\d+)/.exec(source('src/http/page_request.cpp'))![1];
      expect(MaxTTL).toBe(Number(written));
    }
  });

  test('is kept by nobody and carries the token: moderation', () => {
    const { MinTTL, DefaultTTL, MaxTTL, ParametersInCacheKeyAndForwardedToOrigin: key } = cacheOf('/moderation/*');
    expect([MinTTL, DefaultTTL, MaxTTL]).toEqual([0, 0, 1]);
    expect(key.HeadersConfig.Headers).toContain('Authorization');
    expect(key.QueryStringsConfig.QueryStringBehavior).toBe('all');
    expect(behaviour('/health').CachePolicyId).toEqual(behaviour('/moderation/*').CachePolicyId);
    // What the function says of every answer that is no page of comments.
    expect(source('src/http/router.cpp')).toContain('answer.set("cache-control", "no-store")');
  });
});

test('readers get the headers of our own server', () => {
  const header = source('src/site/static_site.hpp');
  const policy = [.../default_[\w]*policy[^;]*?=\s*((?:"[^"]*"\s*)+);/.exec(header)![1]!.matchAll(/"([^"]*)"/g)].map(([, each]) => each).join('');
  for (const [id, { ResponseHeadersPolicyConfig: config }] of named('ResponseHeadersPolicy')) {
    if (id.startsWith('ApiHeaders')) continue;
    expect(config.SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy).toBe(policy);
    const server = source('src/site/static_site.cpp');
    expect(server).toContain(`"referrer-policy", "${config.SecurityHeadersConfig.ReferrerPolicy.ReferrerPolicy}"`);
    for (const { Header, Value } of config.CustomHeadersConfig.Items) {
      expect(server.replace(/\(\s+/g, '(')).toContain(`"${Header}", "${Value}"`);
    }
  }
});

test('other sites may load scripts only where one may use them', () => {
  expect(distribution('production').CacheBehaviors.at(-1).PathPattern).toBe('*.js');
  expect(distribution('staging').CacheBehaviors.map((each: { PathPattern: string }) => each.PathPattern)).not.toContain('*.js');
});

test('the name has a certificate, and an address of both kinds; without a domain neither is there', () => {
  expect(only('production', 'Edge', 'CertificateManager::Certificate').Properties).toMatchObject({
    DomainName: 'portfolio.example.org', ValidationMethod: 'DNS',
  });
  const { Aliases, ViewerCertificate, HttpVersion, IPV6Enabled } = distribution('production');
  expect([Aliases, ViewerCertificate.MinimumProtocolVersion, HttpVersion, IPV6Enabled])
    .toEqual([['portfolio.example.org'], 'TLSv1.2_2021', 'http2and3', true]);
  expect(resources('production', 'Site', 'Route53::RecordSet').map((each) => each.Properties.Type).sort()).toEqual(['A', 'AAAA']);
  expect(distribution('staging').Aliases).toBeUndefined();
  expect(resources('staging', 'Site', 'Route53::RecordSet')).toEqual([]);
});

test('CloudFront alone reads the bucket', () => {
  const policy = only('production', 'Site', 'S3::BucketPolicy').Properties.PolicyDocument.Statement;
  const allows = policy.filter((each: { Effect: string }) => each.Effect === 'Allow');
  expect(allows.flatMap((each: { Action: string[] }) => each.Action).sort()).toEqual(['s3:GetObject', 's3:ListBucket']);
  for (const each of allows) {
    expect(each.Principal).toEqual({ Service: 'cloudfront.amazonaws.com' });
    expect(text(each.Condition.StringEquals['AWS:SourceArn'])).toMatch(/distribution\/\$\{Distribution/);
  }
});

test('no log of CloudFront or the gateway holds the address of a reader', () => {
  const { RecordFields } = only('staging', 'Probe', 'Logs::Delivery').Properties;
  expect(RecordFields).toEqual([...accessFields]);
  for (const field of RecordFields) expect(field).not.toMatch(/c-ip|x-forwarded-for|cs\(cookie\)|cs\(user-agent\)|cs\(referer\)|query|c-port|asn|country/i);
  const { Format } = only('staging', 'Api', 'ApiGateway::Stage').Properties.AccessLogSetting;
  expect(Format).not.toMatch(/identity|authorizer|\$context\.path/);
});

// --- directory-index.js --------------------------------------------------------------------------

const program = fs.readFileSync(path.join(import.meta.dirname, '../lib/functions/directory-index.js'), 'utf8');

function ask(uri: string, querystring: object = {}): { uri?: string; statusCode?: number; headers?: { location: { value: string } } } {
  const scope: { handler?: (event: object) => object } = {};
  runInNewContext(`${program}\nthis.handler = handler;`, scope);
  return scope.handler!({ request: { uri, headers: {}, querystring } });
}

test.each([
  ['/', '/index.html'],
  ['/projets/', '/projets/index.html'],
  ['/a/b/', '/a/b/index.html'],
  ['/style.3f9c2a71.css', '/style.3f9c2a71.css'],
  ['/.well-known/security.txt', '/.well-known/security.txt'],
])('the address %s is the object %s', (asked, object) => {
  expect(ask(asked).uri).toBe(object);
});

test.each([
  ['/projets', '/projets/'],
  ['/a.b/c', '/a.b/c/'],
  ['//evil', '/evil/'],
  ['/\\evil', '/evil/'],
])('%s leads to %s, and never to another site', (asked, target) => {
  const answer = ask(asked);
  expect([answer.statusCode, answer.headers?.location.value]).toEqual([302, target]);
});

test('what is asked of a page stays asked', () => {
  const asked = { section: { value: '%2F2012%2Fx' }, a: { value: '1', multiValue: [{ value: '1' }, { value: '2' }] }, b: { value: '' } };
  expect(ask('/fil', asked).headers!.location.value).toBe('/fil/?section=%2F2012%2Fx&a=1&a=2&b');
});

test('the function in the template is that file', () => {
  expect(only('production', 'Site', 'CloudFront::Function').Properties).toMatchObject({
    FunctionCode: program, FunctionConfig: { Runtime: 'cloudfront-js-2.0' },
  });
});
