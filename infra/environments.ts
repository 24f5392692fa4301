// SPDX-License-Identifier: Apache-2.0
import type { Chosen } from './lib/options.ts';

// The environments that stand side by side, each with what differs from the defaults of
// lib/options.ts. This is the one file to change.
export const environments: readonly Chosen[] = [
  {
    environment: 'staging',
    // Only we look at it: nothing that costs by the month.
    waf: 'none',
    probe: false,
    release: 'at-once',
    logDays: 7,
    monthlyBudget: 5,
  },
  {
    environment: 'production',
    accountParts: 'existing',
    // domain: { name: 'portfolio.example.org', zoneId: 'Z0123456789', zoneName: 'example.org' },
    // alarmEmail: 'ines@example.org',
    // github: 'ines/portfolio',
  },
];
