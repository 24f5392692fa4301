// SPDX-License-Identifier: Apache-2.0
import { App } from 'aws-cdk-lib';
import flags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };

import { environments } from '../environments.ts';
import { build } from '../lib/build.ts';
import { addChecks } from '../lib/checks.ts';
import { chosenEnvironments } from '../lib/context.ts';
import { OptionsError } from '../lib/options.ts';

// All flags as AWS recommends them: one of them makes references between stacks weak, so that no
// stack is held back by another one that reads it; another makes what the schemas say an error.
const app = new App({ postCliContext: flags });
try {
  for (const environment of chosenEnvironments(app, environments)) build(app, environment);
} catch (error) {
  if (!(error instanceof OptionsError)) throw error;
  console.error(error.message);
  process.exit(1);
}
addChecks(app);
