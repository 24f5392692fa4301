// SPDX-License-Identifier: Apache-2.0
import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnEventInvokeConfig, type Function } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

import { acknowledge } from './acknowledge.ts';
import { PalabreFunction, readable } from './function.ts';
import { backupPrefix, handlers, metrics, namesIn, variables, type Names } from './names.ts';
import type { Options } from './options.ts';

// The function `backup`, what calls it, and what it says of itself. It knows tables and buckets by
// name, so that this stack needs no other.
export class BackupStack extends Stack {
  private readonly names: Names;

  constructor(scope: Construct, stackId: string, private readonly options: Options, props: StackProps) {
    super(scope, stackId, props);
    this.names = namesIn(options.environment, this.account);
    const failed = this.addDeadLetters();
    const backup = this.addFunction(failed);
    this.addMetrics(backup);
    const caller = this.addCaller(backup.function, failed);
    const target = {
      arn: backup.function.functionArn,
      roleArn: caller.roleArn,
      deadLetterConfig: { arn: failed.queueArn },
      retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 3 },
    };
    const schedule = (id: string, name: string, scheduleExpression: string, event: object) =>
      new CfnSchedule(this, id, {
        name,
        scheduleExpression,
        flexibleTimeWindow: { mode: 'OFF' },
        target: { ...target, input: JSON.stringify(event) },
      });
    // The time is that of the plan: a call that is made again asks for the same export.
    schedule('Begin', this.names.schedules.begin, 'rate(24 hours)', { time: '<aws.scheduler.scheduled-time>' });
    // Begins nothing: writes the manifest as soon as the export is there, and says how old the last
    // good backup is.
    schedule('Finish', this.names.schedules.finish, 'rate(1 hour)', { finish: true });
  }

  // Calls that nobody answered. Somebody hears of them (lib/watch-stack.ts); the next hour tries again.
  private addDeadLetters(): Queue {
    const queue = new Queue(this, 'Failed', {
      queueName: this.names.deadLetters,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    acknowledge(queue, 'SQS3', 'It is the dead-letter queue, of the schedules and of the function.');
    return queue;
  }

  // docs/guide/lambda.md: it may add to the backups, and remove nothing.
  private addFunction(failed: Queue): PalabreFunction {
    const { names } = this;
    const table = this.formatArn({ service: 'dynamodb', resource: 'table', resourceName: names.table });
    const [backups, site] = [names.backupBucket, names.siteBucket].map((each) => `arn:${this.partition}:s3:::${each}`);
    const written = `${backups}/${backupPrefix}/*`;
    const may: [string[], string[]][] = [
      [['dynamodb:DescribeTable', 'dynamodb:ExportTableToPointInTime'], [table]],
      [['dynamodb:DescribeExport'], [`${table}/export/*`]],
      [['s3:ListBucket'], [backups!, site!]],
      // DynamoDB writes the export in the name of this role, and sets the ACL of what it writes.
      [['s3:GetObject', 's3:PutObject', 's3:PutObjectAcl', 's3:AbortMultipartUpload'], [written]],
      [['s3:GetObject'], [`${site}/*`]],
      [['sqs:SendMessage'], [failed.queueArn]],
    ];
    const made = new PalabreFunction(this, 'Backup', {
      name: names.backupFunction,
      handler: handlers.backup,
      memoryMb: 256,
      timeout: Duration.minutes(5),
      environment: {
        [variables.table]: names.table,
        [variables.backupPlace]: `s3://${names.backupBucket}/${backupPrefix}`,
        [variables.sitePlace]: `s3://${names.siteBucket}`,
      },
      may: may.map(([actions, resources]) => new PolicyStatement({ actions, resources })),
      options: this.options,
    });
    const known: [string, string][] = [
      [`${table}/export/*`, 'DynamoDB names exports; those of its own table.'],
      [written, 'Backups are named by their time.'],
      [`${site}/*`, 'It copies every file of the site.'],
    ];
    for (const [arn, why] of known) acknowledge(made.role, `IAM5[Resource::${readable(arn)}]`, why);
    // A schedule hands its call over and goes; what fails after that is Lambda's to tell.
    new CfnEventInvokeConfig(this, 'Failing', {
      functionName: names.backupFunction,
      qualifier: '$LATEST',
      maximumRetryAttempts: 1,
      maximumEventAgeInSeconds: 3600,
      destinationConfig: { onFailure: { destination: failed.queueArn } },
    }).node.addDependency(made.function);
    return made;
  }

  // From its log, and so of this environment alone: the metrics that CloudWatch makes of the same
  // lines do not say of which environment they are.
  private addMetrics({ log: logGroup }: PalabreFunction): void {
    for (const metricName of [metrics.backupAge, metrics.backupFailures]) {
      new MetricFilter(this, metricName, {
        logGroup,
        filterPattern: FilterPattern.exists(`$.${metricName}`),
        metricNamespace: this.names.metricNamespace,
        metricName,
        metricValue: `$.${metricName}`,
      });
    }
  }

  private addCaller(backup: Function, failed: Queue): Role {
    const statement = (action: string, resource: string) =>
      new PolicyStatement({ actions: [action], resources: [resource] });
    return new Role(this, 'Caller', {
      roleName: `${this.names.schedules.begin}-schedule`,
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
      inlinePolicies: {
        own: new PolicyDocument({
          statements: [
            statement('lambda:InvokeFunction', backup.functionArn),
            statement('sqs:SendMessage', failed.queueArn),
          ],
        }),
      },
    });
  }
}
