// SPDX-License-Identifier: Apache-2.0
import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnDelivery, CfnDeliveryDestination, CfnDeliverySource } from 'aws-cdk-lib/aws-logs';
import { CfnHealthCheck } from 'aws-cdk-lib/aws-route53';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

import { alarmTopic, tell } from './alarm-topic.ts';
import { namesIn, type Names } from './names.ts';
import type { Options } from './options.ts';

interface ProbeStackProps extends StackProps {
  readonly host: string;
  readonly distributionId: string;
}

// How the world sees us, and what it costs. In us-east-1, where alone Route 53, CloudFront's log and
// the budget can be watched.
export class ProbeStack extends Stack {
  private readonly names: Names;

  constructor(scope: Construct, id: string, private readonly options: Options, private readonly props: ProbeStackProps) {
    super(scope, id, props);
    this.names = namesIn(options.environment, this.account);
    const topic = alarmTopic(this, this.names.topic, options);
    if (options.probe) this.addProbe(topic);
    this.addBudget(topic);
    this.addAccessLog();
  }

  // Every half minute, from as few regions as Route 53 takes, through CloudFront and the firewall.
  private addProbe(topic: Topic): void {
    const check = new CfnHealthCheck(this, 'Probe', {
      healthCheckConfig: {
        type: 'HTTPS',
        fullyQualifiedDomainName: this.props.host,
        port: 443,
        resourcePath: '/health',
        enableSni: true,
        requestInterval: 30,
        failureThreshold: 3,
        regions: ['eu-west-1', 'us-east-1', 'ap-southeast-1'],
      },
      healthCheckTags: [{ key: 'Name', value: this.names.own }],
    });
    const alarm = new Alarm(this, 'unreachable', {
      alarmName: `${this.names.own}-unreachable`,
      alarmDescription: 'The public address does not answer /health with 200.',
      metric: new Metric({
        namespace: 'AWS/Route53',
        metricName: 'HealthCheckStatus',
        dimensionsMap: { HealthCheckId: check.attrHealthCheckId },
        statistic: 'Minimum',
        period: Duration.minutes(1),
      }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 3,
      treatMissingData: TreatMissingData.BREACHING,
    });
    tell(topic, alarm);
  }

  // Of the whole account: a filter by tag finds nothing until somebody switches the tag on.
  private addBudget(topic: Topic): void {
    topic.addToResourcePolicy(new PolicyStatement({
      principals: [new ServicePrincipal('budgets.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
    }));
    const rings = (notificationType: string, threshold: number): CfnBudget.NotificationWithSubscribersProperty => ({
      notification: { notificationType, comparisonOperator: 'GREATER_THAN', threshold, thresholdType: 'PERCENTAGE' },
      subscribers: [{ subscriptionType: 'SNS', address: topic.topicArn }],
    });
    new CfnBudget(this, 'Budget', {
      budget: {
        budgetName: this.names.budget,
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: this.options.monthlyBudget, unit: 'USD' },
      },
      notificationsWithSubscribers: [rings('ACTUAL', 80), rings('FORECASTED', 100)],
    });
  }

  // CloudFront's log by the newer way, which can leave out what the older one always writes: the
  // address of the reader (c-ip).
  private addAccessLog(): void {
    const { names } = this;
    const source = new CfnDeliverySource(this, 'AccessLogSource', {
      name: names.own,
      logType: 'ACCESS_LOGS',
      resourceArn: `arn:${this.partition}:cloudfront::${this.account}:distribution/${this.props.distributionId}`,
    });
    const destination = new CfnDeliveryDestination(this, 'AccessLogDestination', {
      name: names.own,
      outputFormat: 'json',
      destinationResourceArn: `arn:${this.partition}:s3:::${names.logBucket}`,
    });
    const delivery = new CfnDelivery(this, 'AccessLog', {
      deliverySourceName: names.own,
      deliveryDestinationArn: destination.attrArn,
      recordFields: [...accessFields],
    });
    delivery.addResourceDependency(source);
  }
}

export const accessFields = [
  'date', 'time', 'x-edge-location', 'cs-method', 'cs(Host)', 'cs-uri-stem', 'sc-status', 'sc-bytes', 'time-taken',
  'time-to-first-byte', 'x-edge-result-type', 'x-edge-detailed-result-type', 'cs-protocol-version', 'x-edge-request-id',
] as const;
