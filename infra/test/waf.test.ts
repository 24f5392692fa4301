// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';

import { only, resources, source, stacks, type Resource } from './world.ts';

const world = only('production', 'Edge', 'WAFv2::WebACL');
const stage = only('other', 'Api', 'WAFv2::WebACL');

interface Rule {
  readonly Name: string;
  readonly Statement: {
    readonly ManagedRuleGroupStatement?: {
      readonly Name: string;
      readonly RuleActionOverrides?: { Name: string; ActionToUse: object }[];
    };
    readonly RateBasedStatement?: { readonly Limit: number; readonly AggregateKeyType: string };
  };
  readonly Action?: { Block: { CustomResponse: { ResponseCode: number; CustomResponseBodyKey: string } } };
}

const rules = (acl: Resource): Rule[] => acl.Properties.Rules;

test('a firewall of CloudFront stands in us-east-1, and that of a stage with its gateway', () => {
  for (const { environment, part, region } of stacks()) {
    for (const { Properties } of resources(environment, part, 'WAFv2::WebACL')) {
      expect([part, Properties.Scope, region]).toEqual(
        part === 'Edge' ? ['Edge', 'CLOUDFRONT', 'us-east-1'] : ['Api', 'REGIONAL', 'eu-west-3']);
    }
  }
  expect(only('other', 'Api', 'WAFv2::WebACLAssociation').Properties.WebACLArn).toEqual({ 'Fn::GetAtt': [stage.id, 'Arn'] });
  expect(only('production', 'Site', 'CloudFront::Distribution').Properties.DistributionConfig.WebACLId)
    .toHaveProperty('Fn::GetStackOutput');
});

test('without one there is none, and nothing is paid for', () => {
  expect(stacks().some(({ name }) => name === 'Palabre-staging-Edge')).toBe(false);
  expect(resources('staging', 'Api', 'WAFv2::WebACL')).toEqual([]);
  expect(only('staging', 'Site', 'CloudFront::Distribution').Properties.DistributionConfig.WebACLId).toBeUndefined();
});

test.each([['CloudFront', world, true], ['the stage', stage, false]] as const)('%s has the managed groups', (_, acl, sees) => {
  const names = rules(acl).flatMap((rule) => rule.Statement.ManagedRuleGroupStatement?.Name ?? []);
  expect(names).toEqual([
    'AWSManagedRulesCommonRuleSet', 'AWSManagedRulesKnownBadInputsRuleSet',
    ...(sees ? ['AWSManagedRulesAmazonIpReputationList'] : []),
  ]);
});

test.each([['CloudFront', world], ['the stage', stage]] as const)('%s judges no body, and everything else', (_, acl) => {
  const overrides = rules(acl).flatMap((rule) => rule.Statement.ManagedRuleGroupStatement?.RuleActionOverrides ?? []);
  for (const each of overrides) expect(each.ActionToUse).toEqual({ Count: {} });
  // Each rule of these groups that looks into a body, as their documentation lists them.
  expect(overrides.map((each) => each.Name).filter((name) => name.endsWith('_BODY')).sort()).toEqual([
    'CrossSiteScripting_BODY', 'EC2MetaDataSSRF_BODY', 'GenericLFI_BODY', 'GenericRFI_BODY', 'JavaDeserializationRCE_BODY',
    'Log4JRCE_BODY', 'ReactJSRCE_BODY', 'SizeRestrictions_BODY',
  ]);
  expect(overrides.map((each) => each.Name).filter((name) => !name.endsWith('_BODY'))).toEqual(['SizeRestrictions_QUERYSTRING']);
});

test('who asks too often is told what our code would say', () => {
  const [rate] = rules(world);
  expect(rate!.Statement.RateBasedStatement).toMatchObject({ Limit: 2000, AggregateKeyType: 'IP' });
  const { ResponseCode, CustomResponseBodyKey } = rate!.Action!.Block.CustomResponse;
  expect(ResponseCode).toBe(429);
  const body = JSON.parse(world.Properties.CustomResponseBodies[CustomResponseBodyKey].Content);
  expect(body.type).toBe('urn:palabre:problem:too-many-requests');
  expect(source('src/http/problem.cpp')).toContain(body.title);
  expect(rules(stage)[0]!.Statement.RateBasedStatement!.AggregateKeyType).toBe('FORWARDED_IP');
});

test('its log ends, says nothing of whoever was let through, and no key or token', () => {
  const { Properties } = only('production', 'Edge', 'WAFv2::LoggingConfiguration');
  expect(Properties.LoggingFilter.DefaultBehavior).toBe('DROP');
  expect(Properties.RedactedFields.map((each: { SingleHeader: { Name: string } }) => each.SingleHeader.Name))
    .toEqual(['authorization', 'x-api-key', 'edit-token']);
  expect(only('production', 'Edge', 'Logs::LogGroup').Properties.LogGroupName).toMatch(/^aws-waf-logs-/);
});
