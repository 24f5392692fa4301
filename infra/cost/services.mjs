// SPDX-License-Identifier: Apache-2.0

// What is used of each service in one month: {service, price, amount}. The order is that of a
// request's way in, then what stands beside it; the table and the guide keep it.

import { storageOf } from './storage.mjs';
import { metricMonths, trafficOf } from './traffic.mjs';

const gigabyte = 1e9;

// The one that begins it, and one each hour that finishes it and tells how old it is.
const calls_per_backup = 25;

export const service_names = [
  'CloudFront', 'S3', 'WAF', 'API Gateway', 'Lambda', 'DynamoDB', 'Backups (S3)', 'Route 53', 'ACM',
  'CloudWatch', 'Cognito', 'Secrets Manager', 'SSM', 'EventBridge Scheduler', 'SQS and SNS', 'CodeDeploy',
];

function cloudFront(traffic, options) {
  const elsewhere = options.priceClass === 'PriceClass_100' ? 0 : options.assumptions.readers_elsewhere;
  const dear = options.priceClass === 'PriceClass_All' ? 'cloudfront.requests_all' : 'cloudfront.requests_200';
  const gb = traffic.bytes / gigabyte;
  return {
    'cloudfront.out': gb * (1 - elsewhere),
    'cloudfront.requests': traffic.edge * (1 - elsewhere),
    'cloudfront.out_dear': gb * elsewhere,
    [dear]: traffic.edge * elsewhere,
  };
}

function s3(traffic, { assumptions: given }) {
  const kept_months = given.cdn_log_days / (given.hours_per_month / 24);
  return {
    's3.storage': (traffic.edge * given.cdn_log_bytes * kept_months) / gigabyte,
    's3.put': given.cdn_log_files_per_hour * given.hours_per_month,
    's3.get': traffic.views * given.pages_per_view * given.pages_asked_of_s3,
  };
}

function waf(traffic, options) {
  if (options.waf === 'none') return {};
  return {
    'waf.acl': 1,
    'waf.rule': options.assumptions.waf_rules,
    'waf.requests': options.waf === 'edge' ? traffic.edge : traffic.calls,
  };
}

function lambda(traffic, storage, { assumptions: given }) {
  return {
    'lambda.requests': traffic.calls + storage.backups * calls_per_backup,
    'lambda.duration': (traffic.calls * given.billed_ms * given.memory_gb) / 1000 +
      storage.backups * given.backup_gb_seconds,
  };
}

function dynamoDb(traffic, storage, { assumptions: given }) {
  const { reads, counts, posts, health } = traffic.api;
  return {
    'dynamodb.read': reads * given.read_units_per_page +
      counts * given.counters_per_page * given.read_units_per_counter +
      posts * given.read_units_per_post + health * given.read_units_per_health_check,
    'dynamodb.write': posts * given.write_units_per_post,
    'dynamodb.storage': storage.table_gb * 2,  // the table and its index
    'dynamodb.pitr': storage.table_gb,
    'dynamodb.export': storage.exported_gb,
  };
}

function backups(storage, { assumptions: given }) {
  const files = storage.backups * given.objects_per_backup;
  return {
    's3.storage': storage.standard_gb,
    's3.put': files,
    's3.glacier': storage.glacier_gb,
    's3.deep_archive': storage.deep_archive_gb,
    's3.to_glacier': storage.reaches_glacier ? files : 0,
    's3.to_deep_archive': storage.reaches_deep_archive ? files : 0,
  };
}

function route53({ domain, healthCheck, assumptions: given }) {
  return {
    ...(domain && { 'route53.zone': 1, 'route53.queries': given.dns_queries }),
    ...(healthCheck && { 'route53.health_check': 1, 'route53.health_check_https': 1 }),
  };
}

function cloudWatch(traffic, { assumptions: given }) {
  const logs_gb = (traffic.calls * (given.gateway_log_bytes + given.function_log_bytes)) / gigabyte;
  return {
    'cloudwatch.logs': logs_gb,
    'cloudwatch.logs_storage': (logs_gb * given.log_retention_days) / (given.hours_per_month / 24),
    'cloudwatch.metrics': metricMonths(traffic, given),
    'cloudwatch.alarms': given.alarms,
    'cloudwatch.dashboards': given.dashboards,
  };
}

// Returns {traffic, storage, usages}.
export function usagesOf(views_per_day, options) {
  const given = options.assumptions;
  const traffic = trafficOf(views_per_day, options);
  const storage = storageOf(traffic, options);
  const used = {
    CloudFront: cloudFront(traffic, options),
    S3: s3(traffic, options),
    WAF: waf(traffic, options),
    'API Gateway': { 'apigateway.requests': traffic.calls },
    Lambda: lambda(traffic, storage, options),
    DynamoDB: dynamoDb(traffic, storage, options),
    'Backups (S3)': backups(storage, options),
    'Route 53': route53(options),
    ACM: { 'acm.certificates': options.domain ? 1 : 0 },
    CloudWatch: cloudWatch(traffic, options),
    Cognito: { 'cognito.users': given.moderators },
    'Secrets Manager': { 'secretsmanager.secrets': given.secrets },
    SSM: { 'ssm.parameters': given.parameters },
    'EventBridge Scheduler': { 'scheduler.invocations': storage.backups * calls_per_backup },
    'SQS and SNS': { 'sqs.requests': storage.backups, 'sns.emails': given.alarm_mails },
    CodeDeploy: { 'codedeploy.deployments': given.deployments },
  };
  const usages = service_names.flatMap((service) => Object.entries(used[service])
    .map(([price, amount]) => ({ service, price, amount })));
  return { traffic, storage, usages };
}
