// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';

import { report, resources } from './world.ts';

// What cdk-nag finds in an environment and we leave as it is, each with its reason where it stands. A
// new line here is a decision.
const everywhere = [
  'APIG2 Api/Gateway/Resource',
  'APIG6 Api/Gateway/DeploymentStage.live/Resource',
  'CFR1 Site/Distribution/Resource',
  'CFR3 Site/Distribution/Resource',
  'COG8 Data/People/Resource',
  'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited] Api/Release/ServiceRole/Resource',
  'IAM5[Resource::arn:aws:dynamodb:eu-west-3:<AWS::AccountId>:table/TABLE/export/*] Backup/Backup/Role/Resource',
  'IAM5[Resource::arn:aws:dynamodb:eu-west-3:<AWS::AccountId>:table/TABLE/index/*] Api/Api/Role/Resource',
  'IAM5[Resource::arn:aws:logs:eu-west-3:<AWS::AccountId>:log-group:/aws/lambda/palabre-ENV-api:log-stream:*] Api/Api/Role/Resource',
  'IAM5[Resource::arn:aws:logs:eu-west-3:<AWS::AccountId>:log-group:/aws/lambda/palabre-ENV-backup:log-stream:*] Backup/Backup/Role/Resource',
  'IAM5[Resource::arn:aws:s3:::palabre-ENV-backup-<AWS::AccountId>/palabre/*] Backup/Backup/Role/Resource',
  'IAM5[Resource::arn:aws:s3:::palabre-ENV-site-<AWS::AccountId>/*] Backup/Backup/Role/Resource',
  'IAM5[Resource::arn:aws:ssm:eu-west-3:<AWS::AccountId>:parameter/palabre/ENV/*] Api/Api/Role/Resource',
  'S1 Data/Logs/Resource',
  'SMG4 Data/Edge/Resource',
  'SQS3 Backup/Failed/Resource',
];
const github = [
  'IAM5[Resource::arn:aws:cloudformation:*:<AWS::AccountId>:stack/Palabre-ENV-*] GitHub/Deployer/Resource',
  'IAM5[Resource::arn:aws:cloudwatch:eu-west-3:<AWS::AccountId>:alarm:*] GitHub/Deployer/Resource',
  'IAM5[Resource::arn:aws:cloudwatch:us-east-1:<AWS::AccountId>:alarm:*] GitHub/Deployer/Resource',
  'IAM5[Resource::*] GitHub/Deployer/Resource',
  'IAM5[Resource::arn:aws:s3:::palabre-ENV-site-<AWS::AccountId>/*] GitHub/Deployer/Resource',
];
const loggingRole =
  'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs] Api/LoggingRole/Resource';

const expected = {
  staging: [...everywhere, 'APIG3 Api/Gateway/DeploymentStage.live/Resource', 'CFR2 Site/Distribution/Resource',
    'CFR4 Site/Distribution/Resource', loggingRole],
  production: [...everywhere, 'APIG3 Api/Gateway/DeploymentStage.live/Resource', ...github],
  other: [...everywhere, 'CFR2 Site/Distribution/Resource', 'CFR4 Site/Distribution/Resource', ...github, loggingRole],
} as const;

// "RULE[finding] part/path", without what differs between environments.
function found(environment: keyof typeof expected): string[] {
  const begin = `Palabre-${environment}-`;
  return report().flatMap(({ ruleName, violatingConstructs }) =>
    violatingConstructs.map(({ constructPath }) => constructPath)
      .filter((each) => each.startsWith(begin))
      .map((each) => `${withoutNames(ruleName, environment)} ${each.slice(begin.length)}`));
}

function withoutNames(ruleName: string, environment: string): string {
  return ruleName.replace('AwsSolutions-', '').replace(/CommentairesAlternance(-\w+)?/, 'TABLE').replaceAll(environment, 'ENV');
}

test.each(['staging', 'production', 'other'] as const)('in %s we know each finding', (environment) => {
  const others = found(environment).filter((each) => !/^(APIG4|COG4) /.test(each));
  expect(others.sort()).toEqual([...expected[environment]].sort());
});

test.each(['staging', 'production', 'other'] as const)('in %s every route without a sign-in is known by itself', (environment) => {
  const open = resources(environment, 'Api', 'ApiGateway::Method').filter((each) => each.Properties.AuthorizationType === 'NONE');
  const known = (rule: string) => found(environment).filter((each) => each.startsWith(`${rule} `));
  expect(known('APIG4')).toHaveLength(open.length);
  // The other rule knows that a browser asks first without a token.
  expect(known('COG4')).toHaveLength(open.filter((each) => each.Properties.HttpMethod !== 'OPTIONS').length);
  for (const each of known('APIG4')) {
    expect(each).toMatch(/^APIG4 Api\/Gateway\/Default\/(.*\/OPTIONS|(commentaires|health|openapi\.json|missing-page)\/.*)\/Resource$/);
  }
});
