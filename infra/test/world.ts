// SPDX-License-Identifier: Apache-2.0
import fs from 'node:fs';
import path from 'node:path';

import type { Chosen } from '../lib/options.ts';

// What the tests look at: three environments that have every option between them.
const repository = path.resolve(import.meta.dirname, '../..');
export const folder = path.join(repository, 'build/infra-test');
export const zip = path.join(folder, 'lambda.zip');
export const page = path.join(folder, '404.html');
const files = { code: zip, missingPage: page };

export const environments = {
  // A new account: the defaults, without anything that costs by the month.
  staging: { ...files, environment: 'staging', waf: 'none', probe: false, release: 'at-once' },
  // All that there is.
  production: {
    ...files,
    environment: 'production',
    accountParts: 'existing',
    domain: { name: 'portfolio.example.org', zoneId: 'Z0123456789', zoneName: 'example.org' },
    allowedOrigins: ['https://blog.example'],
    settings: { 'moderation/links_max': '5' },
    backupLockDays: 30,
    alarmEmail: 'ines@example.org',
    github: 'ines/portfolio',
  },
  // The other way round where there are two.
  other: { ...files, environment: 'other', waf: 'stage', posting: 'own-key', architecture: 'x86_64', edgeSecret: 2, github: 'ines/portfolio' },
} as const satisfies Record<string, Chosen>;

export type EnvironmentName = keyof typeof environments;
type Part = 'Edge' | 'Data' | 'Api' | 'Site' | 'Backup' | 'Watch' | 'Probe' | 'GitHub';

export interface Resource {
  readonly id: string;
  readonly Type: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as loose as CloudFormation
  readonly Properties: any;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

const synthesised = path.join(folder, 'cdk.out');

export function resources(environment: EnvironmentName, part: Part, type?: string): Resource[] {
  const file = path.join(synthesised, `Palabre-${environment}-${part}.template.json`);
  const all = JSON.parse(fs.readFileSync(file, 'utf8')).Resources as Record<string, Omit<Resource, 'id'>>;
  const named = Object.entries(all).map(([id, each]) => ({ id, ...each }));
  return type === undefined ? named : named.filter((each) => each.Type === `AWS::${type}`);
}

export function only(environment: EnvironmentName, part: Part, type: string): Resource {
  const found = resources(environment, part, type);
  if (found.length !== 1) throw new Error(`${found.length} of ${type} in ${environment} ${part}`);
  return found[0]!;
}

// Every stack: its environment, its part and its region, as the deployment will see them.
export function stacks(): { name: string; environment: EnvironmentName; part: Part; region: string }[] {
  const { artifacts } = JSON.parse(fs.readFileSync(path.join(synthesised, 'manifest.json'), 'utf8'));
  return Object.entries<{ type: string; environment: string }>(artifacts)
    .filter(([, each]) => each.type === 'aws:cloudformation:stack')
    .map(([name, each]) => {
      const [, environment, part] = name.split('-') as [string, EnvironmentName, Part];
      return { name, environment, part, region: each.environment.split('/').at(-1)! };
    });
}

// A value with its references written out as "${Account}", "${Id.Attribute}" and the like.
export function text(value: unknown): string {
  if (typeof value === 'string') return value;
  const [kind, of] = Object.entries(value as object)[0] as [string, never];
  if (kind === 'Ref') return `\${${String(of).replace('AWS::', '')}}`;
  if (kind === 'Fn::GetAtt') return `\${${(of as string[]).join('.')}}`;
  if (kind === 'Fn::Join') return (of[1] as unknown[]).map(text).join(of[0] as string);
  if (kind === 'Fn::GetStackOutput') return `\${${(of as { StackName: string }).StackName}}`;
  throw new Error(`${kind} has no text`);
}

export function source(file: string): string {
  return fs.readFileSync(path.join(repository, file), 'utf8');
}

export function report(): { ruleName: string; violatingConstructs: { constructPath: string }[] }[] {
  const { pluginReports } = JSON.parse(fs.readFileSync(path.join(synthesised, 'validation-report.json'), 'utf8'));
  return pluginReports.flatMap((each: { suppressedViolations?: [] }) => each.suppressedViolations ?? []);
}
