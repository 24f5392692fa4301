// SPDX-License-Identifier: Apache-2.0
import type { App } from 'aws-cdk-lib';

import { OptionsError, type Chosen } from './options.ts';

// What the command line may say beside environments.ts:
//   -c environment=staging          that one alone
//   -c code=FILE -c missingPage=FILE
//   -c options='{"waf":"none"}'     any option, for each environment
export function chosenEnvironments(app: App, all: readonly Chosen[]): Chosen[] {
  const wanted: unknown = app.node.tryGetContext('environment');
  const found = all.filter(({ environment }) => wanted === undefined || environment === wanted);
  if (found.length === 0) {
    const known = all.map(({ environment }) => environment).join(', ');
    throw new OptionsError(`there is no environment "${wanted}" in environments.ts; there are: ${known}`);
  }
  return found.map((each) => ({ ...each, ...optionsIn(app), ...filesIn(app) }));
}

function optionsIn(app: App): Partial<Chosen> {
  const text: unknown = app.node.tryGetContext('options');
  if (typeof text !== 'string') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new OptionsError(`-c options= must be JSON, such as '{"waf":"none"}', and not ${text}`);
  }
}

function filesIn(app: App): Partial<Chosen> {
  const given = (['code', 'missingPage'] as const).flatMap((name) => {
    const file: unknown = app.node.tryGetContext(name);
    return typeof file === 'string' ? [[name, file] as const] : [];
  });
  return Object.fromEntries(given);
}
