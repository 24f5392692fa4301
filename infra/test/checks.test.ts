// SPDX-License-Identifier: Apache-2.0
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import flags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import fs from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';

import { addChecks } from '../lib/checks.ts';
import { folder } from './world.ts';

const schedule = {
  FlexibleTimeWindow: { Mode: 'OFF' },
  ScheduleExpression: 'rate(24 hour)',
  Target: { Arn: 'arn:aws:lambda:eu-west-3:111122223333:function:x', RoleArn: 'arn:aws:iam::111122223333:role/x' },
};

const wrong: [string, string, Record<string, unknown>][] = [
  ['comments_survive', 'AWS::DynamoDB::Table', {
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  }],
  ['buckets_survive', 'AWS::S3::Bucket', {}],
  ['people_survive', 'AWS::Cognito::UserPool', {}],
  ['logs_end', 'AWS::Logs::LogGroup', {}],
  ['schedules_are_ours', 'AWS::Scheduler::Schedule', schedule],
  ['functions_are_ours', 'AWS::Lambda::Function', {
    Runtime: 'nodejs22.x', Handler: 'a.b', Code: { ZipFile: '1' }, Role: 'arn:aws:iam::111122223333:role/x',
  }],
  ['keys_stand_in_no_template', 'AWS::ApiGateway::ApiKey', { Value: 'a-key-in-the-clear-of-20' }],
  ['gateway_is_behind_cloudfront', 'AWS::ApiGateway::RestApi', { Name: 'x' }],
  ['api_answers_are_left_alone', 'AWS::CloudFront::Distribution', {
    DistributionConfig: {
      Enabled: true,
      CustomErrorResponses: [{ ErrorCode: 404, ResponseCode: 404, ResponsePagePath: '/404.html' }],
      DefaultCacheBehavior: { TargetOriginId: 'o', ViewerProtocolPolicy: 'https-only', CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6' },
      Origins: [{ Id: 'o', DomainName: 'example.org', CustomOriginConfig: { OriginProtocolPolicy: 'https-only' } }],
    },
  }],
  ['NoSuchProperty', 'AWS::SQS::Queue', { NoSuchProperty: 1 }],
];

test('a synthesis stops at each of our rules, at cdk-nag and at the schemas', () => {
  const outdir = fs.mkdtempSync(path.join(folder, 'broken-'));
  const app = new App({ outdir, postCliContext: flags });
  const stack = new Stack(app, 'Broken', { env: { region: 'eu-west-3' } });
  for (const [rule, type, properties] of wrong) new CfnResource(stack, `Breaks ${rule}`, { type, properties });
  // cdk-nag looks at resources of a class alone.
  new CfnQueue(stack, 'Breaks AwsSolutions-SQS4');
  addChecks(app);
  const printed = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  expect(() => app.synth()).toThrow(/validation/i);
  printed.mockRestore();
  const { pluginReports } = JSON.parse(fs.readFileSync(path.join(outdir, 'validation-report.json'), 'utf8'));
  const found = new Map<string, string>();
  for (const { violations } of pluginReports) {
    for (const { ruleName, description, severity, violatingConstructs } of violations) {
      for (const { constructPath } of violatingConstructs) {
        found.set(constructPath, `${found.get(constructPath) ?? ''} ${severity}:${ruleName}: ${description}`);
      }
    }
  }
  for (const rule of [...wrong.map(([each]) => each), 'AwsSolutions-SQS4']) expect(found.get(`Broken/Breaks ${rule}`)).toContain(rule);
});
