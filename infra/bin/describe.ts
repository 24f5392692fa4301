// SPDX-License-Identifier: Apache-2.0
import { App } from 'aws-cdk-lib';

import { environments } from '../environments.ts';
import { chosenEnvironments } from '../lib/context.ts';
import { namesIn } from '../lib/names.ts';
import { checkedOptions, OptionsError } from '../lib/options.ts';

// What ./deploy must know of an environment before anything is built: its options and names, as JSON.
// node infra/bin/describe.ts ENVIRONMENT [OPTIONS-AS-JSON]
//
// Names of buckets hold the number of an account, which is not known yet.
const account = '${AccountId}';

try {
  const [environment, options] = process.argv.slice(2);
  const app = new App({ context: { environment, ...(options && { options }) } });
  const [chosen] = chosenEnvironments(app, environments);
  // The archive and the page are built later.
  const there = { code: import.meta.filename, missingPage: import.meta.filename };
  const checked = { ...checkedOptions({ ...chosen!, ...there }), code: chosen!.code, missingPage: chosen!.missingPage };
  const names = namesIn(checked.environment, account);
  const edgeSecret = names.edgeSecret(checked.edgeSecret);
  console.log(JSON.stringify({ options: checked, names: { ...names, edgeSecret } }, null, 2));
} catch (error) {
  if (!(error instanceof OptionsError)) throw error;
  console.error(error.message);
  process.exit(1);
}
