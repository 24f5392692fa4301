// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import {
  AlarmStatusWidget, Dashboard, GraphWidget, LogQueryWidget, type IAlarm, type IMetric,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

import { routesByLatency, type Measures } from './measures.ts';
import type { Names } from './names.ts';

// One page, from what readers feel to what it costs: top to bottom is the way of a request.
export function drawDashboard(scope: Construct, names: Names, of: Measures, alarms: IAlarm[]): void {
  const third = (title: string, left: IMetric[], right: IMetric[] = []) =>
    new GraphWidget({ title, left, right, width: 8, height: 6 });
  new Dashboard(scope, 'Dashboard', {
    dashboardName: names.dashboard,
    defaultInterval: Duration.days(1),
    widgets: [
      [new AlarmStatusWidget({ title: 'Alarms', alarms, width: 24, height: 3 })],
      [
        third('CloudFront: requests, errors in %', [of.distribution('Requests', 'Sum')], [
          of.distribution('4xxErrorRate', 'Average'), of.distribution('5xxErrorRate', 'Average'),
        ]),
        third('Gateway: requests and errors', ['Count', '4XXError', '5XXError'].map((each) => of.gateway(each, 'Sum'))),
        third('Gateway: latency in ms', ['p50', 'p90', 'p99'].map((each) => of.gateway('Latency', each))),
      ],
      [
        third('Function: calls and errors', ['Invocations', 'Errors', 'Throttles']
          .map((each) => of.apiFunction(each, 'Sum'))),
        third('Function: duration in ms', ['p50', 'p99'].map((each) => of.apiFunction('Duration', each)), [
          of.apiFunction('ConcurrentExecutions', 'Maximum'),
        ]),
        third('Table: units read and written', ['ConsumedReadCapacityUnits', 'ConsumedWriteCapacityUnits']
          .map((each) => of.table(each, 'Sum')), [of.table('ThrottledRequests', 'Sum')]),
      ],
      [
        third('Backup: age in hours', [of.backup('BackupAge', 'Maximum', Duration.hours(1))]),
        third('Backup: failures, dead letters', [
          of.backup('BackupFailures', 'Sum', Duration.hours(1)), of.deadLetters(Duration.hours(1)),
        ]),
        third('Backup: duration in ms', [of.backupFunction('Duration', 'Maximum')]),
      ],
      [
        new LogQueryWidget({
          title: 'Routes',
          logGroupNames: [`/aws/lambda/${names.apiFunction}`],
          queryLines: routesByLatency,
          width: 24,
          height: 6,
        }),
      ],
    ],
  });
}
