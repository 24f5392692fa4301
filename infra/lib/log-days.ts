// SPDX-License-Identifier: Apache-2.0
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';

// The enumeration's values are the days themselves; lib/options.ts has checked which there are.
export function retention(days: number): RetentionDays {
  return days as RetentionDays;
}
