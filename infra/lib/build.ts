// SPDX-License-Identifier: Apache-2.0
import { Tags, type App } from 'aws-cdk-lib';

import { ApiStack } from './api-stack.ts';
import { BackupStack } from './backup-stack.ts';
import { DataStack } from './data-stack.ts';
import { EdgeStack } from './edge-stack.ts';
import { GithubStack } from './github-stack.ts';
import { checkedOptions, type Chosen } from './options.ts';
import { ProbeStack } from './probe-stack.ts';
import { SiteStack } from './site-stack.ts';
import { WatchStack } from './watch-stack.ts';

// CloudFront's certificates and firewalls, and the metrics of Route 53, exist there alone.
const world = 'us-east-1';

// Everything of one environment, in the order in which it is deployed. What a stack needs of another
// it is given here, and nowhere else; all the rest they know by name (lib/names.ts).
export function build(app: App, chosen: Chosen) {
  const options = checkedOptions(chosen);
  const named = (part: string) => `Palabre-${options.environment}-${part}`;
  const home = { env: { region: options.region } };
  const abroad = { env: { region: world } };

  const edge = EdgeStack.isNeeded(options) ? new EdgeStack(app, named('Edge'), options, abroad) : undefined;
  const data = new DataStack(app, named('Data'), options, home);
  const api = new ApiStack(app, named('Api'), options, { ...home, userPoolArn: data.userPool.userPoolArn });
  const site = new SiteStack(app, named('Site'), options, {
    ...home,
    apiId: api.gateway.restApiId,
    userPoolId: data.userPool.userPoolId,
    certificate: edge?.certificate,
    firewallArn: edge?.firewallArn,
  });
  const backup = new BackupStack(app, named('Backup'), options, home);
  const { distributionId } = site.distribution;
  const watch = new WatchStack(app, named('Watch'), options, { ...home, distributionId });
  const probe = new ProbeStack(app, named('Probe'), options, { ...abroad, host: site.host, distributionId });
  const github = options.github === undefined ? undefined : new GithubStack(app, named('GitHub'), options, {
    ...home,
    distributionId,
    siteKeyId: api.siteKeyId,
  });
  // By name alone: CloudFormation cannot see these.
  for (const later of [api, site, backup, probe]) later.addStackDependency(data);
  backup.addStackDependency(site);

  const stacks = { edge, data, api, site, backup, watch, probe, github };
  for (const stack of Object.values(stacks)) if (stack) Tags.of(stack).add('palabre', options.environment);
  return stacks;
}
