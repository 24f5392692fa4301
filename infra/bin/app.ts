// SPDX-License-Identifier: Apache-2.0
import { App } from 'aws-cdk-lib';
import flags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };

import { environments } from '../environments.ts';
import { build } from '../lib/build.ts';
import { chosenEnvironments } from '../lib/context.ts';
import { addChecks } from '../lib/checks.ts';

const app = new App({ postCliContext: flags });
for (const environment of chosenEnvironments(app, environments)) build(app, environment);
addChecks(app);
