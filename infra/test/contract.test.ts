// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

import { missingPagePath } from '../lib/names.ts';
import { resources, source, type EnvironmentName, type Resource } from './world.ts';

interface Operation {
  readonly parameters?: ({ readonly name: string; readonly in: string; readonly required?: boolean } | { $ref: string })[];
}

const contract = parse(source('contract/openapi.yaml'));
const verbs = ['get', 'post', 'put', 'patch', 'delete'];
const operations = Object.entries<Record<string, Operation>>(contract.paths).flatMap(([path, item]) =>
  Object.entries(item).filter(([verb]) => verbs.includes(verb))
    .map(([verb, operation]) => ({ path, verb: verb.toUpperCase(), operation })));

// "GET /commentaires/{id}" of the template, each with its method.
function methods(environment: EnvironmentName): Map<string, Resource> {
  const parts = new Map(resources(environment, 'Api', 'ApiGateway::Resource').map((each) => [each.id, each.Properties]));
  const pathOf = (id: string | undefined): string => {
    const part = id === undefined ? undefined : parts.get(id);
    return part ? `${pathOf(part.ParentId.Ref)}/${part.PathPart}` : '';
  };
  return new Map(resources(environment, 'Api', 'ApiGateway::Method').map((each) =>
    [`${each.Properties.HttpMethod} ${pathOf(each.Properties.ResourceId.Ref)}`, each]));
}

function queryOf(operation: Operation) {
  return (operation.parameters ?? [])
    .map((each) => ('$ref' in each ? contract.components.parameters[each.$ref.split('/').at(-1)!] : each))
    .filter((each) => each.in === 'query') as { name: string; required?: boolean }[];
}

describe.each(['staging', 'other'] as const)('the methods of %s', (environment) => {
  test('are those of the contract, with HEAD and OPTIONS where HTTP has them, and none more', () => {
    const expected = [
      ...operations.map(({ path, verb }) => `${verb} ${path}`),
      ...operations.filter(({ verb }) => verb === 'GET').map(({ path }) => `HEAD ${path}`),
      ...new Set(operations.map(({ path }) => `OPTIONS ${path}`)),
      `GET /${missingPagePath}/{proxy+}`,
      `HEAD /${missingPagePath}/{proxy+}`,
    ];
    expect([...methods(environment).keys()].sort()).toEqual(expected.sort());
  });

  test('ask moderators to sign in, and nobody else', () => {
    for (const [name, { Properties }] of methods(environment)) {
      const moderates = name.includes(' /moderation/') && !name.startsWith('OPTIONS');
      expect([name, Properties.AuthorizationType]).toEqual([name, moderates ? 'COGNITO_USER_POOLS' : 'NONE']);
    }
  });

  test('demand a parameter exactly where the contract does', () => {
    const all = methods(environment);
    for (const { path, verb, operation } of operations.filter((each) => !each.path.startsWith('/moderation'))) {
      const required = queryOf(operation).filter((each) => each.required);
      const expected = Object.fromEntries(required.map(({ name }) => [`method.request.querystring.${name}`, true]));
      const { RequestParameters, RequestValidatorId } = all.get(`${verb} ${path}`)!.Properties;
      expect([path, RequestParameters ?? {}]).toEqual([path, expected]);
      expect(RequestValidatorId !== undefined).toBe(required.length > 0);
    }
  });

  test('call the alias, whichever version it stands for', () => {
    const [alias] = resources(environment, 'Api', 'Lambda::Alias');
    for (const [name, { Properties }] of methods(environment)) {
      if (name.includes(missingPagePath)) continue;
      expect(JSON.stringify(Properties.Integration.Uri)).toContain(`"Ref":"${alias!.id}"`);
      expect(Properties.Integration.Type).toBe('AWS_PROXY');
    }
  });
});

test('a post alone demands a key of the usage plan, and none where our own keys are asked for', () => {
  const demanding = (environment: EnvironmentName) =>
    [...methods(environment)].filter(([, each]) => each.Properties.ApiKeyRequired).map(([name]) => name);
  expect(demanding('staging')).toEqual(['POST /commentaires']);
  expect(demanding('other')).toEqual([]);
  expect(resources('other', 'Api', 'ApiGateway::ApiKey')).toEqual([]);
});

test('the cache of reads tells answers apart by every parameter that the contract gives reads', () => {
  const reads = operations.filter(({ path, verb }) => verb === 'GET' && path.startsWith('/commentaires'));
  const names = new Set(reads.flatMap(({ operation }) => queryOf(operation).map(({ name }) => name)));
  const policies = resources('staging', 'Site', 'CloudFront::CachePolicy').map((each) => each.Properties.CachePolicyConfig);
  const cache = policies.find((each) => each.Comment.startsWith('Reads'))!.ParametersInCacheKeyAndForwardedToOrigin;
  expect(new Set(cache.QueryStringsConfig.QueryStrings)).toEqual(names);
  expect(cache.HeadersConfig.Headers).toEqual(['Origin']);
});
