// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';

import { only, resources, source } from './world.ts';

// The model of the bill (infra/cost) has no part of this program in it, so that it needs no package.
const assumed = new Map<string, number>(
  JSON.parse(source('infra/cost/assumptions.json')).assumptions.map(
    (each: { name: string; value: number }) => [each.name, each.value]));

test('the bill counts what production has', () => {
  const alarms = (['Api', 'Watch', 'Probe'] as const).flatMap((part) => resources('production', part, 'CloudWatch::Alarm'));
  expect(assumed.get('alarms')).toBe(alarms.length);
  expect(assumed.get('waf_rules')).toBe(only('production', 'Edge', 'WAFv2::WebACL').Properties.Rules.length);
  expect(assumed.get('secrets')).toBe(resources('production', 'Data', 'SecretsManager::Secret').length);
  expect(assumed.get('dashboards')).toBe(resources('production', 'Watch', 'CloudWatch::Dashboard').length);
  const { Regions } = only('production', 'Probe', 'Route53::HealthCheck').Properties.HealthCheckConfig;
  expect(source('infra/cost/options.mjs')).toContain(`healthCheckRegions: { value: ${Regions.length},`);
});
