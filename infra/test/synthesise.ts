// SPDX-License-Identifier: Apache-2.0
import { App } from 'aws-cdk-lib';
import flags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import fs from 'node:fs';
import path from 'node:path';

import { build } from '../lib/build.ts';
import { addChecks } from '../lib/checks.ts';
import { environments, folder, page, zip } from './world.ts';

// Once for all test files: they read what CloudFormation would read. Throws when cdk-nag, the schemas
// or our own rules object to anything.
export default function synthesise(): void {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(zip, emptyZip);
  fs.copyFileSync(path.join(import.meta.dirname, '../../site/404.html'), page);
  const app = new App({ outdir: path.join(folder, 'cdk.out'), postCliContext: flags });
  for (const each of Object.values(environments)) build(app, each);
  addChecks(app);
  app.synth();
}

// An archive without members: its directory's end, and nothing that it lists.
const emptyZip = Buffer.from([0x50, 0x4b, 5, 6, ...new Array<number>(18).fill(0)]);
