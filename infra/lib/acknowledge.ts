// SPDX-License-Identifier: Apache-2.0
import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

// A finding of cdk-nag that we know and leave as it is. `rule` is "SQS3", or with the finding,
// "IAM5[Resource::…]", for rules that look at each statement. test/findings.test.ts pins them all.
export function acknowledge(on: IConstruct, rule: string, reason: string): void {
  Validations.of(on).acknowledge({ id: `AwsSolutions::AwsSolutions-${rule}`, reason });
}
