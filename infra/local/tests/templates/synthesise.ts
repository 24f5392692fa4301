// SPDX-License-Identifier: Apache-2.0
import { App } from 'aws-cdk-lib';
import flags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import fs from 'node:fs';
import path from 'node:path';

import { build } from '../../../lib/build.ts';
import type { Chosen } from '../../../lib/options.ts';

// Writes into the folder that it is given what a first deployment of three environments applies, and a
// second one of them. The same build() as bin/app.ts; its checks are the business of ../../../test.
const folder = path.resolve(process.argv[2]!);

function files(name: string): Pick<Chosen, 'code' | 'missingPage'> {
  // CDK takes the archive as it is: what tells two of them apart is their bytes.
  const code = path.join(folder, `${name}.zip`);
  const missingPage = path.join(folder, `${name}.html`);
  fs.writeFileSync(code, `${name}: not an archive, and never run`);
  fs.writeFileSync(missingPage, `<h1>${name}</h1>`);
  return { code, missingPage };
}

function synthesise(name: string, environments: readonly Chosen[]): void {
  const app = new App({ outdir: path.join(folder, name), postCliContext: flags });
  for (const each of environments) build(app, { ...files(name), ...each });
  app.synth();
}

// Every option between them, as in ../../../test/world.ts.
const production = {
  environment: 'production',
  accountParts: 'existing',
  domain: { name: 'portfolio.example.org', zoneId: 'ZTOBENAMED', zoneName: 'example.org' },
  allowedOrigins: ['https://blog.example'],
  settings: { 'moderation/links_max': '5' },
  backupLockDays: 30,
  alarmEmail: 'ines@example.org',
  github: 'ines/portfolio',
} as const satisfies Chosen;

fs.mkdirSync(folder, { recursive: true });
synthesise('first', [
  {
    environment: 'third',
    waf: 'stage',
    posting: 'own-key',
    architecture: 'x86_64',
    edgeSecret: 2,
    github: 'ines/portfolio',
  },
  { environment: 'staging', waf: 'none', probe: false, release: 'at-once' },
  production,
]);
// What an owner may change, all of it at once.
synthesise('second', [{
  ...production,
  allowedOrigins: ['https://blog.example', 'https://notes.example'],
  settings: { 'moderation/links_max': '6', 'posting/burst': '9' },
  posts: { perSecond: 2, burst: 4, perDay: 100 },
  throttle: { perSecond: 50, burst: 60 },
  wafRequests: 500,
  priceClass: '200',
  contentSecurityPolicy: "default-src 'self'",
  hstsSeconds: 3600,
  edgeSecret: 2,
  release: 'at-once',
  logDays: 90,
  monthlyBudget: 7,
}, {
  // What comes and goes with an option.
  environment: 'staging',
  accountParts: 'existing',
  waf: 'stage',
  probe: true,
  release: 'canary',
  posting: 'own-key',
  architecture: 'x86_64',
  domain: { name: 'staging.example.org', zoneId: 'ZTOBENAMED', zoneName: 'example.org' },
  alarmEmail: 'ines@example.org',
  github: 'ines/portfolio',
}, {
  environment: 'third',
  waf: 'cloudfront',
  probe: false,
  accountParts: 'existing',
  domain: { name: 'third.example.org', zoneId: 'ZTOBENAMED', zoneName: 'example.org' },
  edgeSecret: 2,
  architecture: 'x86_64',
}]);
