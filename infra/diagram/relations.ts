// SPDX-License-Identifier: Apache-2.0
import { archivedAfter, boxOf, entries, type BoxName } from './boxes.ts';
import { textOf, type Resource, type Templates } from './templates.ts';

// Who asks, tells or serves whom: all that the templates say about it, as "from > to".
export function relations(templates: Templates): Set<string> {
  const pairs = Object.entries(looks).flatMap(([type, look]) => templates.of(type).flatMap((one) =>
    look(one, (value) => boxesIn(value, one.stack, templates), templates)));
  // A role names the log of its own function.
  return new Set(pairs.filter(([from, to]) => from !== to).map(([from, to]) => `${from} > ${to}`));
}

type Pair = [BoxName, BoxName];
type Look = (one: Resource, boxesOf: (value: unknown) => BoxName[], all: Templates) => Pair[];

const from = (name: BoxName, others: BoxName[]) => others.map((other): Pair => [name, other]);
const to = (name: BoxName, others: BoxName[]) => others.map((other): Pair => [other, name]);

const looks: Record<string, Look> = {
  'AWS::CloudFront::Distribution': ({ properties: { DistributionConfig: d } }, boxesOf) => [
    ...(d.Enabled ? from('reader', ['cloudfront']) : []),
    ...from('cloudfront', boxesOf(d.Origins.map((origin: { DomainName: object }) => origin.DomainName))),
    ...to('cloudfront', boxesOf([d.WebACLId, d.ViewerCertificate])),
    ...to('cloudfront', boxesOf(d.Origins.map((origin: { OriginCustomHeaders?: object }) => origin.OriginCustomHeaders))),
  ],
  'AWS::Route53::RecordSet': ({ properties }, boxesOf) => from('names', boxesOf(properties.AliasTarget)),
  'AWS::Route53::HealthCheck': ({ properties }, boxesOf) =>
    from('probe', boxesOf(properties.HealthCheckConfig.FullyQualifiedDomainName)),
  'AWS::ApiGateway::RestApi': ({ properties }, boxesOf) => to('gateway', boxesOf(properties.Policy)),
  'AWS::ApiGateway::Method': ({ properties }, boxesOf) => from('gateway', boxesOf(properties.Integration.Uri)),
  'AWS::ApiGateway::Authorizer': ({ properties }, boxesOf) => from('gateway', boxesOf(properties.ProviderARNs)),
  'AWS::Lambda::Alias': ({ updatePolicy, properties }, boxesOf) =>
    updatePolicy?.CodeDeployLambdaAliasUpdate ? from('release', boxesOf(properties.FunctionName)) : [],
  'AWS::Lambda::Function': (one, boxesOf, all) => from(boxOf(one)!, boxesOf(allowedTo(all.the(one.properties.Role, one.stack)))),
  'AWS::Scheduler::Schedule': ({ properties: { Target } }, boxesOf) =>
    from('schedule', boxesOf([Target.Arn, Target.DeadLetterConfig])),
  'AWS::S3::Bucket': (one, _, all) => boxOf(one) !== 'backups' ? []
    : archivedAfter(all, 'GLACIER') < archivedAfter(all, 'DEEP_ARCHIVE') ? [['backups', 'glacier'], ['glacier', 'deep']] : [],
  'AWS::CloudWatch::Alarm': (one, boxesOf, all) =>
    from('alarms', [...boxesOf([one.properties.AlarmActions, one.properties.Dimensions]), ...measured(one, all)]),
  'AWS::SNS::Subscription': ({ properties }, boxesOf) =>
    properties.Protocol === 'email' ? boxesOf(properties.TopicArn).map((topic): Pair => [topic, 'mail']) : [],
  'AWS::Budgets::Budget': ({ properties }, boxesOf) => from('budget', boxesOf(properties.NotificationsWithSubscribers)),
  'AWS::IAM::Role': (one, boxesOf) => boxOf(one) === 'github' ? from('github', boxesOf(allowedTo(one))) : [],
};

function boxesIn(value: unknown, stack: string, templates: Templates): BoxName[] {
  const keys = templates.spokenOf(value, stack);
  const drawn = templates.resources.filter(({ key }) => keys.has(key)).flatMap((each) => boxOf(each) ?? []);
  const words = textOf(value);
  return [...drawn, ...entries.filter(([, { called }]) => called?.test(words)).map(([name]) => name)];
}

// The resources that a role may touch.
function allowedTo(role: Resource): unknown[] {
  const statements: { Effect: string; Resource: unknown }[] = role.properties.Policies
    .flatMap((policy: { PolicyDocument: { Statement: object[] } }) => policy.PolicyDocument.Statement);
  return statements.filter(({ Effect }) => Effect === 'Allow').map(({ Resource }) => Resource);
}

// Whose numbers an alarm reads when no reference says so: the gateway's, by its name, or those that a
// filter takes from the log of a function.
function measured({ properties: { Namespace, MetricName, Dimensions = [] } }: Resource, templates: Templates): BoxName[] {
  if (Namespace === 'AWS/ApiGateway') {
    const name = Dimensions.find((each: { Name: string }) => each.Name === 'ApiName').Value;
    return templates.of('AWS::ApiGateway::RestApi').filter(({ properties }) => properties.Name === name).map(() => 'gateway');
  }
  const makes = (made: { MetricNamespace: string; MetricName: string }) =>
    made.MetricNamespace === Namespace && made.MetricName === MetricName;
  return templates.of('AWS::Logs::MetricFilter').filter(({ properties }) => properties.MetricTransformations.some(makes))
    .flatMap((filter) => {
      const log = templates.the(filter.properties.LogGroupName, filter.stack);
      return templates.of('AWS::Lambda::Function')
        .filter((each) => templates.the(each.properties.LoggingConfig.LogGroup, each.stack) === log).map((each) => boxOf(each)!);
    });
}
