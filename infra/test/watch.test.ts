// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';

import { resources, source, stacks, text, type EnvironmentName, type Resource } from './world.ts';

const alarms = (environment: EnvironmentName, part: 'Api' | 'Watch' | 'Probe'): Map<string, Resource['Properties']> =>
  new Map(resources(environment, part, 'CloudWatch::Alarm').map((each) =>
    [each.Properties.AlarmName.replace(`palabre-${environment}-`, ''), each.Properties]));

describe('alarms', () => {
  test('ring for what the runbook knows, and say when it is over', () => {
    const home = alarms('production', 'Watch');
    expect([...home.keys()]).toEqual(['errors', 'throttles', 'server-errors', 'latency', 'backup-missing', 'backup-failures', 'backup-dead-letters']);
    expect([...alarms('production', 'Probe').keys()]).toEqual(['unreachable']);
    for (const part of ['Watch', 'Probe'] as const) {
      const [topic] = resources('production', part, 'SNS::Topic');
      for (const each of alarms('production', part).values()) {
        expect(each.AlarmActions).toEqual([{ Ref: topic!.id }]);
        expect(each.OKActions).toEqual([{ Ref: topic!.id }]);
        expect(each.AlarmDescription.length).toBeGreaterThan(20);
      }
    }
  });

  test('each has its line in the runbook, and the runbook knows no other', () => {
    const told = [...source('docs/runbook-aws.md').matchAll(/^\| `palabre-ENV-([a-z-]+)`/gm)].map((line) => line[1]);
    const there = (['Watch', 'Api', 'Probe'] as const).flatMap((part) => [...alarms('production', part).keys()]);
    expect(told.sort()).toEqual(there.sort());
  });

  test('a missing backup is heard of, also when nothing says anything', () => {
    expect(alarms('production', 'Watch').get('backup-missing')).toMatchObject({
      Namespace: 'Palabre/production', MetricName: 'BackupAge', Statistic: 'Maximum', Threshold: 26,
      ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'breaching', EvaluationPeriods: 1,
    });
    const [age] = resources('production', 'Backup', 'Logs::MetricFilter');
    expect(age!.Properties).toMatchObject({
      MetricTransformations: [{ MetricName: 'BackupAge', MetricNamespace: 'Palabre/production', MetricValue: '$.BackupAge' }],
    });
    const [log] = resources('production', 'Backup', 'Logs::LogGroup');
    expect(age!.Properties.LogGroupName).toEqual({ Ref: log!.id });
  });

  test('the address is probed from outside, and heard of in us-east-1 where its numbers are', () => {
    const [check] = resources('production', 'Probe', 'Route53::HealthCheck');
    expect(check!.Properties.HealthCheckConfig).toMatchObject({
      FullyQualifiedDomainName: 'portfolio.example.org', ResourcePath: '/health', Type: 'HTTPS', EnableSNI: true,
    });
    expect(stacks().find(({ name }) => name === 'Palabre-production-Probe')!.region).toBe('us-east-1');
    expect(alarms('production', 'Probe').get('unreachable')!.Dimensions)
      .toEqual([{ Name: 'HealthCheckId', Value: { 'Fn::GetAtt': [check!.id, 'HealthCheckId'] } }]);
  });

  test('nobody asks an environment that is not to be probed', () => {
    expect(resources('staging', 'Probe', 'Route53::HealthCheck')).toEqual([]);
    expect(alarms('staging', 'Probe').size).toBe(0);
  });

  test('a new version that fails is taken back', () => {
    const [group] = resources('production', 'Api', 'CodeDeploy::DeploymentGroup');
    const [alarm] = resources('production', 'Api', 'CloudWatch::Alarm');
    expect(group!.Properties).toMatchObject({
      DeploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent10Minutes',
      AlarmConfiguration: { Enabled: true, Alarms: [{ Name: { Ref: alarm!.id } }] },
      AutoRollbackConfiguration: { Enabled: true, Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'] },
    });
    expect(alarm!.Properties.Dimensions.map((each: { Name: string }) => each.Name)).toEqual(['FunctionName', 'Resource']);
    expect(resources('production', 'Api', 'Lambda::Version')[0]!.DeletionPolicy).toBe('Retain');
  });
});

test('the budget tells the topic, which lets it', () => {
  const [budget] = resources('production', 'Probe', 'Budgets::Budget');
  const [topic] = resources('production', 'Probe', 'SNS::Topic');
  expect(budget!.Properties.Budget.BudgetLimit).toEqual({ Amount: 20, Unit: 'USD' });
  for (const each of budget!.Properties.NotificationsWithSubscribers) {
    expect(each.Subscribers).toEqual([{ SubscriptionType: 'SNS', Address: { Ref: topic!.id } }]);
  }
  const policy = JSON.stringify(resources('production', 'Probe', 'SNS::TopicPolicy')[0]!.Properties);
  expect(policy).toContain('"Service":"budgets.amazonaws.com"');
});

test('alarms are mailed where an address is given', () => {
  for (const part of ['Watch', 'Probe'] as const) {
    expect(resources('production', part, 'SNS::Subscription').map((each) => each.Properties.Endpoint)).toEqual(['ines@example.org']);
    expect(resources('staging', part, 'SNS::Subscription')).toEqual([]);
  }
});

test('every log ends', () => {
  const groups = stacks().flatMap(({ environment, part }) => resources(environment, part, 'Logs::LogGroup'));
  expect(groups.length).toBeGreaterThanOrEqual(9);
  for (const { Properties } of groups) expect(Properties.RetentionInDays).toBe(30);
});

test('the schedules begin a backup once a day and finish it within an hour', () => {
  const schedules = resources('production', 'Backup', 'Scheduler::Schedule').map((each) => each.Properties);
  expect(schedules.map((each) => [each.Name, each.ScheduleExpression, each.Target.Input])).toEqual([
    ['palabre-production-backup', 'rate(24 hours)', '{"time":"<aws.scheduler.scheduled-time>"}'],
    ['palabre-production-backup-finish', 'rate(1 hour)', '{"finish":true}'],
  ]);
  const [queue] = resources('production', 'Backup', 'SQS::Queue');
  for (const { Target } of schedules) {
    expect(text(Target.DeadLetterConfig.Arn)).toBe(`\${${queue!.id}.Arn}`);
    expect(Target.RetryPolicy).toEqual({ MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 3 });
  }
});

test('the dashboard looks at this environment alone', () => {
  const [dashboard] = resources('staging', 'Watch', 'CloudWatch::Dashboard');
  const body = text(dashboard!.Properties.DashboardBody);
  expect(body).toContain('palabre-staging-api');
  expect(body).toContain('"BackupAge"');
  expect(body).not.toContain('production');
});
