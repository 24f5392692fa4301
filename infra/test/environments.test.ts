// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';

import { environments } from '../environments.ts';
import { checkedOptions } from '../lib/options.ts';
import { page, resources, stacks, text, zip, type EnvironmentName } from './world.ts';

// Properties by which a resource is known in its account, or in the world.
const physical: Record<string, string> = {
  'ApiGateway::ApiKey': 'Name', 'ApiGateway::RestApi': 'Name', 'ApiGateway::UsagePlan': 'UsagePlanName',
  'Budgets::Budget': 'Budget.BudgetName', 'CloudWatch::Alarm': 'AlarmName', 'CloudWatch::Dashboard': 'DashboardName',
  'CodeDeploy::Application': 'ApplicationName', 'CodeDeploy::DeploymentGroup': 'DeploymentGroupName',
  'Cognito::UserPool': 'UserPoolName', 'Cognito::UserPoolDomain': 'Domain', 'DynamoDB::Table': 'TableName',
  'IAM::Role': 'RoleName', 'Lambda::Function': 'FunctionName', 'Logs::DeliveryDestination': 'Name',
  'Logs::DeliverySource': 'Name', 'Logs::LogGroup': 'LogGroupName', 'S3::Bucket': 'BucketName',
  'SNS::Topic': 'TopicName', 'SQS::Queue': 'QueueName', 'SSM::Parameter': 'Name', 'Scheduler::Schedule': 'Name',
  'SecretsManager::Secret': 'Name', 'WAFv2::WebACL': 'Name', 'CloudFront::CachePolicy': 'CachePolicyConfig.Name',
  'CloudFront::OriginRequestPolicy': 'OriginRequestPolicyConfig.Name', 'CloudFront::Function': 'Name',
  'CloudFront::ResponseHeadersPolicy': 'ResponseHeadersPolicyConfig.Name',
  'CloudFront::OriginAccessControl': 'OriginAccessControlConfig.Name',
};

function namesOf(environment: EnvironmentName): string[] {
  return stacks().filter((each) => each.environment === environment).flatMap(({ part, region }) =>
    resources(environment, part).flatMap(({ Type, Properties }) => {
      const property = physical[Type.replace('AWS::', '')];
      const name = property?.split('.').reduce((of, key) => of?.[key], Properties);
      return name === undefined ? [] : [`${region} ${Type} ${text(name)}`];
    }));
}

test('two environments in one account and region share no name', () => {
  const [staging, production] = [namesOf('staging'), namesOf('production')];
  expect(staging.length).toBeGreaterThan(40);
  expect(new Set(staging).size).toBe(staging.length);
  expect(staging.filter((each) => production.includes(each))).toEqual([]);
});

test('every name says of which environment it is, but that of the table in production', () => {
  for (const environment of ['staging', 'production'] as const) {
    const silent = namesOf(environment).filter((each) => !each.includes(environment));
    expect(silent).toEqual(environment === 'production' ? ['eu-west-3 AWS::DynamoDB::Table CommentairesAlternance'] : []);
  }
});

test('what stands in environments.ts is without a mistake, each under a name of its own', () => {
  const made = environments.map((each) => checkedOptions({ ...each, code: zip, missingPage: page }));
  expect(new Set(made.map(({ environment }) => environment)).size).toBe(made.length);
  expect(made.filter(({ accountParts }) => accountParts === 'create')).toHaveLength(1);
});

test('CloudFront\'s name stands in for a domain everywhere', () => {
  for (const part of ['Site', 'Probe'] as const) {
    expect(JSON.stringify(resources('other', part))).not.toContain('example.org');
  }
  const [check] = resources('other', 'Probe', 'Route53::HealthCheck');
  expect(text(check!.Properties.HealthCheckConfig.FullyQualifiedDomainName)).toBe('${Palabre-other-Site}');
});
