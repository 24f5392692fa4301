// SPDX-License-Identifier: Apache-2.0
import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

import { alarmTopic, tell } from './alarm-topic.ts';
import { drawDashboard } from './dashboard.ts';
import { Measures } from './measures.ts';
import { namesIn } from './names.ts';
import type { Options } from './options.ts';

interface Rule {
  readonly name: string;
  // What to look at first; docs/runbook.md says what to do.
  readonly means: string;
  readonly metric: IMetric;
  readonly above: number;
  // How many periods in a row; 1 when it is left out.
  readonly periods?: number;
  readonly silence?: TreatMissingData;
}

// Alarms and the dashboard. What it watches it knows by name.
export class WatchStack extends Stack {
  constructor(scope: Construct, id: string, options: Options, props: StackProps & { distributionId: string }) {
    super(scope, id, props);
    const names = namesIn(options.environment, this.account);
    const measures = new Measures(names, props.distributionId);
    const topic = alarmTopic(this, names.topic, options);
    const alarms = rulesFor(measures).map(({ name, means, metric, above, periods, silence }) => {
      const alarm = new Alarm(this, name, {
        alarmName: `${names.own}-${name}`,
        alarmDescription: means,
        metric,
        threshold: above,
        comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
        evaluationPeriods: periods ?? 1,
        treatMissingData: silence ?? TreatMissingData.NOT_BREACHING,
      });
      tell(topic, alarm);
      return alarm;
    });
    drawDashboard(this, names, measures, alarms);
  }
}

function rulesFor(measures: Measures): Rule[] {
  const fiveMinutes = Duration.minutes(5);
  return [
    {
      name: 'errors',
      means: 'The function ended without an answer: it died, or had no time left. See its log.',
      metric: measures.apiFunction('Errors', 'Sum', fiveMinutes),
      above: 0,
    },
    {
      name: 'throttles',
      means: 'More functions were wanted than the account may run at once. Ask AWS for more, or look for a flood.',
      metric: measures.apiFunction('Throttles', 'Sum', fiveMinutes),
      above: 0,
    },
    {
      name: 'server-errors',
      means: 'Readers were answered 5xx: DynamoDB or the function does not work.',
      // One or two are a deployment, or a connection that broke.
      metric: measures.gateway('5XXError', 'Sum', fiveMinutes),
      above: 4,
    },
    {
      name: 'latency',
      means: 'One request in a hundred takes more than a second.',
      // A cold start takes half of that. Three times, since few requests make a percentile of one.
      metric: measures.gateway('Latency', 'p99', fiveMinutes),
      above: 1000,
      periods: 3,
    },
    {
      name: 'backup-missing',
      means: 'No good backup is younger than 26 hours, or the function does not run at all.',
      // Every hour says its age; three may pass, so that one that is lost wakes nobody. The export
      // of a day is finished within its hour, so that 25 is as old as a good one becomes.
      metric: measures.backup('BackupAge', 'Maximum', Duration.hours(3)),
      above: 26,
      silence: TreatMissingData.BREACHING,
    },
    {
      name: 'backup-failures',
      means: 'An export or a copy failed; the next hour tries again. See the log of the function backup.',
      metric: measures.backup('BackupFailures', 'Sum', Duration.hours(1)),
      above: 0,
      periods: 2,
    },
    {
      name: 'backup-dead-letters',
      means: 'A call of the function backup was given up. The message in the queue says why.',
      metric: measures.deadLetters(fiveMinutes),
      above: 0,
    },
  ];
}
