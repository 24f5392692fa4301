// SPDX-License-Identifier: Apache-2.0
import type { Resource, Templates } from './templates.ts';

// What is drawn as a box: a part of AWS with the resources it stands for, or somebody outside.

export type Kind = 'people' | 'door' | 'guard' | 'work' | 'data' | 'watch';

export interface Box {
  readonly kind: Kind;
  readonly service: string;
  readonly does: (templates: Templates) => string;
  // The resources of this type, all of them or those of one stack (its last word) or one name.
  readonly types?: readonly string[];
  readonly only?: (resource: Resource) => boolean;
  // How policies speak of it, where they do so by a pattern and not by a name.
  readonly called?: RegExp;
}

const plainly = (words: string) => () => words;
const inStack = (part: string) => ({ stack }: Resource) => stack.endsWith(`-${part}`);
const handler = (name: string) => ({ properties }: Resource) => properties.Handler === name;
const bucketOf = (word: string) => ({ properties }: Resource) => JSON.stringify(properties.BucketName).includes(`-${word}-`);

export const boxes = {
  reader: { kind: 'people', service: 'readers', does: plainly('in their browsers') },
  mail: { kind: 'people', service: 'you', does: plainly('get a mail') },
  github: {
    kind: 'people', service: 'GitHub Actions', does: plainly('without a secret'),
    types: ['AWS::IAM::Role'], only: inStack('GitHub'),
  },
  names: { kind: 'door', service: 'Route 53', does: plainly('the site’s name'), types: ['AWS::Route53::RecordSet'] },
  certificate: { kind: 'door', service: 'ACM', does: plainly('the certificate'), types: ['AWS::CertificateManager::Certificate'] },
  cloudfront: {
    kind: 'door', service: 'CloudFront', does: plainly('address and cache'), types: ['AWS::CloudFront::Distribution'],
  },
  firewall: { kind: 'guard', service: 'WAF', does: plainly('the firewall'), types: ['AWS::WAFv2::WebACL'] },
  secret: {
    kind: 'guard', service: 'Secrets Manager', does: plainly('opens the gateway'), types: ['AWS::SecretsManager::Secret'],
  },
  people: { kind: 'guard', service: 'Cognito', does: plainly('moderators sign in'), types: ['AWS::Cognito::UserPool'] },
  gateway: {
    kind: 'door', service: 'API Gateway', does: plainly('routes and keys'),
    types: ['AWS::ApiGateway::RestApi', 'AWS::ApiGateway::ApiKey'],
  },
  api: {
    kind: 'work', service: 'Lambda api', does: plainly('our program, C++'),
    types: ['AWS::Lambda::Function', 'AWS::Lambda::Alias'], only: (one) => handler('api')(one) || one.type.endsWith('Alias'),
  },
  backup: {
    kind: 'work', service: 'Lambda backup', does: plainly('the same program'),
    types: ['AWS::Lambda::Function'], only: handler('backup'),
  },
  release: {
    kind: 'work', service: 'CodeDeploy', does: releases,
    types: ['AWS::CodeDeploy::DeploymentGroup', 'AWS::CodeDeploy::Application'], called: /:deploymentgroup:/,
  },
  schedule: { kind: 'work', service: 'Scheduler', does: rates, types: ['AWS::Scheduler::Schedule'] },
  cloudformation: { kind: 'work', service: 'CloudFormation', does: plainly('by cdk’s own roles'), called: /:role\/cdk-/ },
  table: { kind: 'data', service: 'DynamoDB', does: plainly('the comments'), types: ['AWS::DynamoDB::Table'] },
  site: { kind: 'data', service: 'S3 site', does: plainly('pages and files'), types: ['AWS::S3::Bucket'], only: bucketOf('site') },
  backups: { kind: 'data', service: 'S3 backups', does: plainly('one a day'), types: ['AWS::S3::Bucket'], only: bucketOf('backup') },
  glacier: { kind: 'data', service: 'Glacier', does: (all) => `after ${archivedAfter(all, 'GLACIER')} days` },
  deep: { kind: 'data', service: 'Deep Archive', does: (all) => `after ${archivedAfter(all, 'DEEP_ARCHIVE')} days` },
  settings: {
    kind: 'data', service: 'Parameter Store', does: plainly('the settings'), types: ['AWS::SSM::Parameter'], called: /:parameter\//,
  },
  failed: { kind: 'data', service: 'SQS', does: plainly('calls that failed'), types: ['AWS::SQS::Queue'] },
  alarms: {
    kind: 'watch', service: 'CloudWatch', does: (all) => `${all.of('AWS::CloudWatch::Alarm').length} alarms`,
    types: ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::Dashboard'], called: /:alarm:/,
  },
  probe: { kind: 'watch', service: 'Route 53 check', does: asks, types: ['AWS::Route53::HealthCheck'] },
  budget: { kind: 'watch', service: 'Budgets', does: plainly('the month’s cost'), types: ['AWS::Budgets::Budget'] },
  topic: { kind: 'watch', service: 'SNS', does: plainly('tells of alarms'), types: ['AWS::SNS::Topic'] },
} as const satisfies Record<string, Box>;

export type BoxName = keyof typeof boxes;
export const entries = Object.entries(boxes) as [BoxName, Box][];

// Services of which nothing is a box: they serve one that is, or would be an arrow from everywhere.
export const undrawn: Readonly<Record<string, string>> = {
  IAM: 'roles are arrows: who may ask whom',
  Logs: 'every part writes its log',
};

export function boxOf(resource: Resource): BoxName | undefined {
  return entries.find(([, { types, only }]) => types?.includes(resource.type) && (only?.(resource) ?? true))?.[0];
}

function releases(templates: Templates): string {
  const [group] = templates.of('AWS::CodeDeploy::DeploymentGroup');
  const canary = /Canary(\d+)Percent/.exec(JSON.stringify(group?.properties.DeploymentConfigName));
  return canary ? `${canary[1]} % try it first` : 'a new version';
}

function rates(templates: Templates): string {
  const hours = templates.of('AWS::Scheduler::Schedule')
    .map(({ properties }) => /^rate\((\d+) hours?\)$/.exec(properties.ScheduleExpression)![1]);
  return `each ${hours.join(' h and ')} h`;
}

export function archivedAfter(templates: Templates, storageClass: string): number {
  const transitions = templates.of('AWS::S3::Bucket').filter(bucketOf('backup'))
    .flatMap(({ properties }) => properties.LifecycleConfiguration.Rules).flatMap((rule) => rule.Transitions ?? []);
  return transitions.find((each) => each.StorageClass === storageClass).TransitionInDays;
}

function asks(templates: Templates): string {
  const { ResourcePath, RequestInterval } = templates.of('AWS::Route53::HealthCheck')[0]!.properties.HealthCheckConfig;
  return `${ResourcePath}, each ${RequestInterval} s`;
}
