// SPDX-License-Identifier: Apache-2.0
import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { AccountRecovery, Mfa, UserPool, UserPoolGroup } from 'aws-cdk-lib/aws-cognito';
import { AttributeType, BillingMode, ProjectionType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type Bucket, ObjectLockRetention, StorageClass } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';

import { acknowledge } from './acknowledge.ts';
import { logRequests, privateBucket, tidyUploads } from './bucket.ts';
import { keep } from './keep.ts';
import { groups, namesIn, table, type Names } from './names.ts';
import type { Options } from './options.ts';

// What must outlive everything else: comments, backups, logs, people, and the secret that CloudFront
// and the gateway share. The bucket of the site stands with its distribution, which it has to name.
export class DataStack extends Stack {
  readonly userPool: UserPool;

  constructor(scope: Construct, id: string, options: Options, props: StackProps) {
    super(scope, id, props);
    const names = namesIn(options.environment, this.account);
    this.addTable(names);
    const logs = this.addLogBucket(names, options);
    this.addBackupBucket(names, options, logs);
    this.userPool = this.addUserPool(names);
    this.addEdgeSecret(names, options);
    for (const [key, stringValue] of Object.entries(options.settings)) {
      new StringParameter(this, `Setting ${key}`, { parameterName: names.parameters + key, stringValue });
    }
  }

  // As store/dynamodb makes and uses it (src/store/dynamodb/create_table.cpp).
  private addTable(names: Names): void {
    const string = (name: string) => ({ name, type: AttributeType.STRING });
    const comments = new Table(this, 'Comments', {
      tableName: names.table,
      partitionKey: string(table.id),
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: table.expires,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
    });
    for (const [indexName, attribute] of [
      [table.sectionIndex, table.section],
      [table.queueIndex, table.queue],
    ] as const) {
      comments.addGlobalSecondaryIndex({
        indexName,
        partitionKey: string(attribute),
        sortKey: string(table.timestamp),
        projectionType: ProjectionType.ALL,
      });
    }
    keep(comments, 'Comments');
  }

  // Who asked the buckets and CloudFront for what. Nothing here is for ever.
  private addLogBucket(names: Names, options: Options): Bucket {
    const logs = privateBucket(this, 'Logs', names.logBucket, {
      lifecycleRules: [
        { id: 'old', expiration: Duration.days(options.logDays), noncurrentVersionExpiration: Duration.days(1) },
        tidyUploads,
      ],
    });
    acknowledge(logs, 'S1', 'It holds the logs of the other buckets; a log of its own would feed itself.');
    for (const bucket of [names.siteBucket, names.backupBucket]) {
      logs.addToResourcePolicy(writerOf(logs, 'logging.s3.amazonaws.com', '*', {
        ArnLike: { 'aws:SourceArn': `arn:${this.partition}:s3:::${bucket}` },
        StringEquals: { 'aws:SourceAccount': this.account },
      }));
    }
    const delivery = `arn:${this.partition}:logs:us-east-1:${this.account}:delivery-source:*`;
    logs.addToResourcePolicy(
      writerOf(logs, 'delivery.logs.amazonaws.com', `AWSLogs/${this.account}/*`, {
        ArnLike: { 'aws:SourceArn': delivery },
        StringEquals: { 'aws:SourceAccount': this.account, 's3:x-amz-acl': 'bucket-owner-full-control' },
      })
    );
    return logs;
  }

  private addBackupBucket(names: Names, options: Options, logs: Bucket): void {
    const days = options.backupLockDays;
    const backups = privateBucket(this, 'Backups', names.backupBucket, {
      ...(days !== undefined && {
        objectLockEnabled: true,
        objectLockDefaultRetention: ObjectLockRetention.compliance(Duration.days(days)),
      }),
      lifecycleRules: [
        {
          id: 'to-the-archive',
          transitions: [
            { storageClass: StorageClass.GLACIER, transitionAfter: Duration.days(30) },
            { storageClass: StorageClass.DEEP_ARCHIVE, transitionAfter: Duration.days(120) },
          ],
          // Whoever holds the function's role can write over a backup. What was there before stays
          // readable for a year.
          noncurrentVersionExpiration: Duration.days(365),
        },
        tidyUploads,
      ],
    });
    logRequests(backups, names.logBucket);
    // By name alone, CloudFormation would not know that it must wait.
    backups.node.addDependency(logs.policy!);
  }

  // Moderators, whom the owner adds. Readers need no account.
  private addUserPool(names: Names): UserPool {
    const pool = new UserPool(this, 'People', {
      userPoolName: names.userPool,
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      autoVerify: { email: true },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 12, requireDigits: true, requireLowercase: true, requireUppercase: true, requireSymbols: true,
      },
      deletionProtection: true,
    });
    keep(pool, 'People');
    acknowledge(pool, 'COG8', 'The Plus tier is paid by the person; a second factor is demanded of everybody.');
    for (const groupName of Object.values(groups)) {
      // Who is in a group is forgotten with it, and the people who stay would moderate nothing.
      new UserPoolGroup(this, `Group ${groupName}`, { userPool: pool, groupName }).applyRemovalPolicy(RemovalPolicy.RETAIN);
    }
    pool.addDomain('SignIn', { cognitoDomain: { domainPrefix: names.signInDomain } });
    return pool;
  }

  // CloudFront shows it to the gateway, which talks to nobody else (lib/api-stack.ts).
  private addEdgeSecret(names: Names, options: Options): void {
    const secret = new Secret(this, 'Edge', {
      secretName: names.edgeSecret(options.edgeSecret),
      description: 'Shown by CloudFront to API Gateway',
      generateSecretString: { passwordLength: 48, excludePunctuation: true },
    });
    keep(secret, 'EdgeSecret');
    acknowledge(secret, 'SMG4', 'CloudFormation copies it into two places; options.edgeSecret makes another one.');
  }
}

function writerOf(bucket: Bucket, service: string, keys: string, conditions: Record<string, object>) {
  return new PolicyStatement({
    principals: [new ServicePrincipal(service)],
    actions: ['s3:PutObject'],
    resources: [bucket.arnForObjects(keys)],
    conditions,
  });
}
