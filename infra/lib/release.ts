// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { LambdaApplication, LambdaDeploymentConfig, LambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import { Alias, type Function } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

import { acknowledge } from './acknowledge.ts';
import type { Names } from './names.ts';
import type { Options } from './options.ts';

// What the gateway calls. A new version gets a tenth of the requests first, and none any more as
// soon as it fails or dies: CodeDeploy turns the alias back by itself.
export function releaseOf(scope: Construct, palabre: Function, names: Names, options: Options): Alias {
  const alias = new Alias(scope, 'Live', { aliasName: names.alias, version: palabre.currentVersion });
  const failing = new Alarm(scope, 'NewVersionFails', {
    alarmName: `${names.own}-new-version-fails`,
    metric: alias.metricErrors({ period: Duration.minutes(1) }),
    threshold: 1,
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  const { CANARY_10PERCENT_10MINUTES: canary, ALL_AT_ONCE: atOnce } = LambdaDeploymentConfig;
  const group = new LambdaDeploymentGroup(scope, 'Release', {
    application: new LambdaApplication(scope, 'Application', { applicationName: names.deploymentApplication }),
    deploymentGroupName: names.apiFunction,
    alias,
    deploymentConfig: options.release === 'canary' ? canary : atOnce,
    alarms: [failing],
  });
  const policy = 'service-role/AWSCodeDeployRoleForLambdaLimited';
  acknowledge(group.role, `IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${policy}]`,
    'What AWS says CodeDeploy needs to move an alias.');
  return alias;
}
