// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';

import { only, resources, source, stacks, text, type EnvironmentName, type Resource } from './world.ts';

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Effect: string;
}

// "s3:GetObject on arn:aws:s3:::bucket/*", a line for each pair.
function allowed(role: Resource): string[] {
  const statements: Statement[] = role.Properties.Policies.flatMap(
    (each: { PolicyDocument: { Statement: Statement[] } }) => each.PolicyDocument.Statement);
  return statements.flatMap(({ Action, Resource }) =>
    [Action].flat().flatMap((action) => (Array.isArray(Resource) ? Resource : [Resource]).map((on) => `${action} on ${text(on)}`)));
}

function role(environment: EnvironmentName, part: 'Api' | 'Backup' | 'GitHub', name: string): Resource {
  return resources(environment, part, 'IAM::Role').find((each) => each.Properties.RoleName === name)!;
}

test('the function api may do what docs/guide/lambda.md says, and no more', () => {
  const table = 'arn:aws:dynamodb:eu-west-3:${AccountId}:table/CommentairesAlternance';
  const parameters = 'arn:aws:ssm:eu-west-3:${AccountId}:parameter/palabre/production';
  const log = 'arn:aws:logs:eu-west-3:${AccountId}:log-group:/aws/lambda/palabre-production-api:log-stream:*';
  expect(allowed(role('production', 'Api', 'palabre-production-api'))).toEqual([
    `logs:CreateLogStream on ${log}`,
    `logs:PutLogEvents on ${log}`,
    ...['BatchGetItem', 'ConditionCheckItem', 'DeleteItem', 'GetItem', 'PutItem', 'UpdateItem']
      .map((action) => `dynamodb:${action} on ${table}`),
    `dynamodb:Query on ${table}/index/*`,
    `dynamodb:Scan on ${table}/index/sectionId-timestamp-index`,
    `ssm:GetParametersByPath on ${parameters}`,
    `ssm:GetParametersByPath on ${parameters}/*`,
  ]);
});

test('the function backup may add to the backups, and remove nothing', () => {
  const table = 'arn:aws:dynamodb:eu-west-3:${AccountId}:table/CommentairesAlternance-staging';
  const backups = 'arn:aws:s3:::palabre-staging-backup-${AccountId}';
  const site = 'arn:aws:s3:::palabre-staging-site-${AccountId}';
  const log = 'arn:aws:logs:eu-west-3:${AccountId}:log-group:/aws/lambda/palabre-staging-backup:log-stream:*';
  const queue = only('staging', 'Backup', 'SQS::Queue').id;
  expect(allowed(role('staging', 'Backup', 'palabre-staging-backup')).map((each) => each.replace('arn:${Partition}', 'arn:aws'))).toEqual([
    `logs:CreateLogStream on ${log}`,
    `logs:PutLogEvents on ${log}`,
    `dynamodb:DescribeTable on ${table}`,
    `dynamodb:ExportTableToPointInTime on ${table}`,
    `dynamodb:DescribeExport on ${table}/export/*`,
    `s3:ListBucket on ${backups}`,
    `s3:ListBucket on ${site}`,
    ...['AbortMultipartUpload', 'GetObject', 'PutObject', 'PutObjectAcl'].map((action) => `s3:${action} on ${backups}/palabre/*`),
    `s3:GetObject on ${site}/*`,
    `sqs:SendMessage on \${${queue}.Arn}`,
  ]);
});

test('the schedules may call that one function and leave what failed', () => {
  const caller = role('staging', 'Backup', 'palabre-staging-backup-schedule');
  const [backup] = resources('staging', 'Backup', 'Lambda::Function');
  const [queue] = resources('staging', 'Backup', 'SQS::Queue');
  expect(allowed(caller)).toEqual([`lambda:InvokeFunction on \${${backup!.id}.Arn}`, `sqs:SendMessage on \${${queue!.id}.Arn}`]);
  expect(caller.Properties.AssumeRolePolicyDocument.Statement[0]).toMatchObject({
    Principal: { Service: 'scheduler.amazonaws.com' },
    Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
  });
});

test('GitHub may deploy this environment from this repository, and read no comment', () => {
  const github = role('production', 'GitHub', 'palabre-production-github');
  const account = (service: string, rest: string) => `arn:aws:${service}:eu-west-3:\${AccountId}:${rest}`;
  const site = 'arn:aws:s3:::palabre-production-site-${AccountId}';
  const bootstrap = ['eu-west-3', 'us-east-1'].flatMap((region) => ['deploy', 'file-publishing'].map((duty) =>
    `sts:AssumeRole on arn:aws:iam::\${AccountId}:role/cdk-hnb659fds-${duty}-role-\${AccountId}-${region}`));
  const distribution = 'arn:aws:cloudfront::${AccountId}:distribution/${Palabre-production-Site}';
  const api = account('lambda', 'function:palabre-production-api');
  const release = account('codedeploy', 'deploymentgroup:palabre-production/palabre-production-api');
  expect(allowed(github).map((each) => each.replace('arn:${Partition}', 'arn:aws')).sort()).toEqual([
    ...bootstrap,
    ...['DescribeStacks', 'GetTemplate'].map((action) =>
      `cloudformation:${action} on arn:aws:cloudformation:*:\${AccountId}:stack/Palabre-production-*`),
    `s3:ListBucket on ${site}`,
    ...['DeleteObject', 'GetObject', 'PutObject'].map((action) => `s3:${action} on ${site}/*`),
    ...['CreateInvalidation', 'GetInvalidation'].map((action) => `cloudfront:${action} on ${distribution}`),
    'apigateway:GET on arn:aws:apigateway:eu-west-3::/apikeys/${Palabre-production-Api}',
    ...['GetAlias', 'ListTags', 'ListVersionsByFunction', 'TagResource', 'UpdateAlias'].map((action) => `lambda:${action} on ${api}`),
    ...['GetDeployment', 'ListDeployments', 'StopDeployment'].map((action) => `codedeploy:${action} on ${release}`),
    `lambda:ListAliases on ${api}`,
    'lambda:ListFunctions on *',
    ...['eu-west-3', 'us-east-1'].flatMap((region) => [
      `cloudwatch:DescribeAlarms on arn:aws:cloudwatch:${region}:\${AccountId}:alarm:*`,
      `ssm:GetParameter on arn:aws:ssm:${region}:\${AccountId}:parameter/cdk-bootstrap/hnb659fds/version`,
    ]),
    `ssm:PutParameter on ${account('ssm', 'parameter/palabre/production/edit_secret')}`,
  ].sort());
  // It may make the secret, and not replace it.
  const [own] = github.Properties.Policies;
  expect(own.PolicyDocument.Statement.find((each: Statement) => each.Action === 'ssm:PutParameter').Condition)
    .toEqual({ StringEquals: { 'ssm:Overwrite': 'false' } });
  const [trust] = github.Properties.AssumeRolePolicyDocument.Statement;
  expect(trust.Action).toBe('sts:AssumeRoleWithWebIdentity');
  expect(trust.Condition).toEqual({
    StringEquals: {
      'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
      'token.actions.githubusercontent.com:sub': 'repo:ines/portfolio:environment:production',
    },
  });
});

test('GitHub may do what ./deploy and the workflows ask of AWS themselves, and nothing else', () => {
  const { deploy, cdk, workflows } = JSON.parse(source('tools/deploy/calls.json')) as Record<string, Record<string, string[]>>;
  const asked = Object.values({ ...deploy, ...cdk, ...workflows }).flat();
  const may = allowed(role('production', 'GitHub', 'palabre-production-github')).map((each) => each.split(' on ')[0]!);
  // By the roles that `cdk bootstrap` made, all else is the CDK's.
  expect([...new Set(may)].filter((each) => each !== 'sts:AssumeRole').sort()).toEqual([...new Set(asked)].sort());
});

test('the provider of GitHub is made by the environment that makes what an account has once', () => {
  expect(resources('production', 'GitHub', 'IAM::OIDCProvider')).toEqual([]);
  expect(only('other', 'GitHub', 'IAM::OIDCProvider').Properties.Url).toBe('https://token.actions.githubusercontent.com');
  expect(resources('production', 'Api', 'ApiGateway::Account')).toEqual([]);
  expect(resources('other', 'Api', 'ApiGateway::Account')).toHaveLength(1);
});

test('no policy hangs on a role beside those that stand in it', () => {
  for (const { environment, part } of stacks()) {
    expect(resources(environment, part, 'IAM::Policy').map((each) => each.id)).toEqual([]);
    expect(resources(environment, part, 'IAM::ManagedPolicy').map((each) => each.id)).toEqual([]);
  }
});
