// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';

import { metrics, type Names } from './names.ts';

// What can be looked at, by the names that CloudWatch has for it.
export class Measures {
  constructor(private readonly names: Names, private readonly distributionId: string) {}

  apiFunction(metricName: string, statistic: string, period = Duration.minutes(5)): Metric {
    return this.function(this.names.apiFunction, metricName, statistic, period);
  }

  backupFunction(metricName: string, statistic: string, period = Duration.hours(1)): Metric {
    return this.function(this.names.backupFunction, metricName, statistic, period);
  }

  gateway(metricName: string, statistic: string, period = Duration.minutes(5)): Metric {
    const dimensionsMap = { ApiName: this.names.api, Stage: this.names.stage };
    return new Metric({ namespace: 'AWS/ApiGateway', metricName, dimensionsMap, statistic, period });
  }

  table(metricName: string, statistic: string, period = Duration.minutes(5)): Metric {
    const dimensionsMap = { TableName: this.names.table };
    return new Metric({ namespace: 'AWS/DynamoDB', metricName, dimensionsMap, statistic, period });
  }

  // CloudFront tells its numbers in us-east-1 alone; only a dashboard can look there from here.
  distribution(metricName: string, statistic: string, period = Duration.minutes(5)): Metric {
    const dimensionsMap = { DistributionId: this.distributionId, Region: 'Global' };
    const region = 'us-east-1';
    return new Metric({ namespace: 'AWS/CloudFront', metricName, dimensionsMap, statistic, period, region });
  }

  // Read from the log of this environment (lib/backup-stack.ts).
  backup(metricName: 'BackupAge' | 'BackupFailures', statistic: string, period: Duration): Metric {
    return new Metric({ namespace: this.names.metricNamespace, metricName, statistic, period });
  }

  deadLetters(period: Duration): Metric {
    return new Metric({
      namespace: 'AWS/SQS',
      metricName: 'ApproximateNumberOfMessagesVisible',
      dimensionsMap: { QueueName: this.names.deadLetters },
      statistic: 'Maximum',
      period,
    });
  }

  private function(name: string, metricName: string, statistic: string, period: Duration): Metric {
    const dimensionsMap = { FunctionName: name };
    return new Metric({ namespace: 'AWS/Lambda', metricName, dimensionsMap, statistic, period });
  }
}

// Of what the program writes itself, in its own words.
export const routesByLatency = [
  `filter ispresent(${metrics.latency})`,
  `stats count(*) as Requests, pct(${metrics.latency}, 50) as p50, pct(${metrics.latency}, 99) as p99,` +
    ` sum(${metrics.coldStart}) as ColdStarts by ${metrics.route}`,
  'sort Requests desc',
];
