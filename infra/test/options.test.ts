// SPDX-License-Identifier: Apache-2.0
import { App } from 'aws-cdk-lib';
import { expect, test } from 'vitest';

import { chosenEnvironments } from '../lib/context.ts';
import { archiveOf, checkedOptions, type Options } from '../lib/options.ts';
import { page, zip } from './world.ts';

const files = { code: zip, missingPage: page };
const chosen = { ...files, environment: 'staging' };
const domain = { name: 'portfolio.example.org', zoneId: 'Z0123456789', zoneName: 'example.org' };

test('a new account needs nothing but a name for the environment', () => {
  expect(checkedOptions(chosen)).toMatchObject({
    region: 'eu-west-3', architecture: 'arm64', waf: 'cloudfront', posting: 'gateway-key', priceClass: '100', accountParts: 'create',
  });
});

test('the archive is that of the architecture', () => {
  // Whether it was built here or not.
  expect(archiveOf('arm64')).toMatch(/build\/lambda\/palabre-arm64\.zip$/);
  expect(archiveOf('x86_64')).toMatch(/build\/lambda\/palabre-x86_64\.zip$/);
  expect(() => checkedOptions({ ...chosen, code: 'gone.zip' })).toThrow(/there is no gone\.zip; \.\/package lambda builds it/);
});

const refused: [Partial<Options>, RegExp][] = [
  [{ environment: 'My Site' }, /2 to 16 small letters and digits/],
  [{ region: 'Paris' }, /region "Paris" is none; write one such as eu-west-3/],
  [{ domain: { ...domain, name: 'https://example.org/' } }, /small letters, no https:\/\/, no path/],
  [{ domain: { ...domain, zoneName: 'example.com' } }, /is not in the zone "example.com"/],
  [{ domain: { ...domain, zoneId: 'example' } }, /begins with Z and stands in the console of Route 53/],
  [{ domain: { ...domain, name: 'notexample.org' } }, /is not in the zone/],
  [{ allowedOrigins: ['https://blog.example/'] }, /no slash at the end/],
  [{ allowedOrigins: ['blog.example'] }, /as browsers do/],
  [{ settings: { links_max: '5' } }, /"links_max" must be section\/key/],
  [{ settings: { 'moderation/links_max': '' } }, /a value that is not empty/],
  [{ settings: { 'comments/allowed_origins': 'https://a.example' } }, /origins go into allowedOrigins/],
  [{ posts: { perSecond: 0, burst: 1, perDay: 1 } }, /posts\.perSecond must be more than 0/],
  [{ throttle: { perSecond: 1, burst: -1 } }, /throttle\.burst must be more than 0/],
  [{ monthlyBudget: 0 }, /monthlyBudget must be more than 0/],
  [{ wafRequests: 9 }, /wafRequests is a number from 10/],
  [{ logDays: 31 }, /logDays cannot be 31; CloudWatch knows 1, 3, 5/],
  [{ backupLockDays: 0.5 }, /backupLockDays is a whole number/],
  [{ edgeSecret: 0 }, /edgeSecret is a whole number from 1/],
  [{ probe: 'yes' as never }, /probe is true or false/],
  [{ hstsSeconds: -1 }, /hstsSeconds is a whole number from 0/],
  [{ contentSecurityPolicy: "default-src 'self';\nscript-src 'self'" }, /is one line/],
  [{ alarmEmail: 'ines' }, /alarmEmail "ines" is no address/],
  [{ github: 'https://github.com/ines/portfolio' }, /write OWNER\/NAME/],
  [{ code: '/nowhere/lambda.zip' }, /there is no \/nowhere\/lambda\.zip/],
  [{ missingPage: '/nowhere/404.html' }, /node site\/build\.mjs build\/site writes it/],
  [{ waf: 'yes' as never }, /waf "yes" is none of cloudfront, stage, none/],
  [{ posting: 'free' as never }, /posting "free" is none of gateway-key, own-key/],
  [{ colour: 'red' } as never, /there is no option "colour"/],
];

test.each(refused)('%j is refused with a sentence', (wrong, sentence) => {
  expect(() => checkedOptions({ ...chosen, ...wrong })).toThrow(sentence);
});

test('all mistakes are told at once', () => {
  expect(() => checkedOptions({ ...chosen, region: 'x', logDays: 31 })).toThrow(/region[\s\S]*logDays/);
});

test('the command line chooses among the environments, and overrides', () => {
  const all = [{ environment: 'staging' }, { environment: 'production' }];
  const context = (given: Record<string, string>) => chosenEnvironments(new App({ context: given }), all);
  expect(context({})).toEqual(all);
  expect(context({ environment: 'production', code: 'a.zip' })).toEqual([{ environment: 'production', code: 'a.zip' }]);
  expect(context({ environment: 'staging', options: '{"waf":"none"}' })).toEqual([{ environment: 'staging', waf: 'none' }]);
  expect(() => context({ environment: 'prod' })).toThrow(/no environment "prod" in environments.ts; there are: staging, production/);
  expect(() => context({ options: '{waf' })).toThrow(/-c options= must be JSON/);
});
