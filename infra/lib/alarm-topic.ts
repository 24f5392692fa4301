// SPDX-License-Identifier: Apache-2.0
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

import type { Options } from './options.ts';

// Where alarms of one region go. Not encrypted by a key of KMS: alarms could not write to AWS's own
// one, and none of them tells a secret.
export function alarmTopic(scope: Construct, topicName: string, options: Options): Topic {
  const topic = new Topic(scope, 'Alarms', { topicName, enforceSSL: true });
  if (options.alarmEmail) topic.addSubscription(new EmailSubscription(options.alarmEmail));
  return topic;
}

// Told when it rings and when it is over.
export function tell(topic: Topic, alarm: Alarm): void {
  alarm.addAlarmAction(new SnsAction(topic));
  alarm.addOkAction(new SnsAction(topic));
}
