// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';

import { table } from '../lib/names.ts';
import { only, resources, source, stacks, text } from './world.ts';

test('the table is the one that store/dynamodb would make', () => {
  const made = only('production', 'Data', 'DynamoDB::Table').Properties;
  const key = (hash: string, range?: string) => [
    { AttributeName: hash, KeyType: 'HASH' }, ...(range ? [{ AttributeName: range, KeyType: 'RANGE' }] : []),
  ];
  expect(made.TableName).toBe('CommentairesAlternance');
  expect(made.BillingMode).toBe('PAY_PER_REQUEST');
  expect(made.KeySchema).toEqual(key(table.id));
  expect(made.GlobalSecondaryIndexes).toEqual([
    { IndexName: table.sectionIndex, KeySchema: key(table.section, table.timestamp), Projection: { ProjectionType: 'ALL' } },
    { IndexName: table.queueIndex, KeySchema: key(table.queue, table.timestamp), Projection: { ProjectionType: 'ALL' } },
  ]);
  expect(made.TimeToLiveSpecification).toEqual({ AttributeName: table.expires, Enabled: true });

  // The C++ side says the same, in its own words.
  const theirs = source('src/store/dynamodb/create_table.cpp');
  const attributes = /for \(const auto name :\s*\{([^}]*)\}\)/.exec(theirs)![1]!.match(/attribute::\w+/g)!;
  const names = { 'attribute::id': table.id, 'attribute::section_id': table.section,
    'attribute::timestamp': table.timestamp, 'attribute::queue': table.queue } as Record<string, string>;
  expect(made.AttributeDefinitions.map((each: { AttributeName: string }) => each.AttributeName).sort())
    .toEqual(attributes.map((each) => names[each]).sort());
  const indexes = [...theirs.matchAll(/append_index\(indexes\.next\(\), (\w+), attribute::(\w+)\)/g)].map(([, name, hash]) => [name, hash]);
  expect(indexes).toEqual([['section_index', 'section_id'], ['queue_index', 'queue']]);
  expect(theirs).toContain('append_key_part(key.next(), attribute::timestamp, "RANGE")');
  expect(theirs).toContain('"ProjectionType", "ALL"');
  expect(theirs).toContain('rule.add("AttributeName", attribute::expires)');
});

test('comments can be brought back as they were, and are hard to delete', () => {
  const { Properties } = only('production', 'Data', 'DynamoDB::Table');
  expect(Properties.PointInTimeRecoverySpecification).toEqual({ PointInTimeRecoveryEnabled: true });
  expect(Properties.DeletionProtectionEnabled).toBe(true);
});

// Another logical id is another resource: an empty one. Change this list only with a plan for the data.
const holdsData = {
  Data: { Comments: 'DynamoDB::Table', Logs: 'S3::Bucket', Backups: 'S3::Bucket', People: 'Cognito::UserPool',
    EdgeSecret: 'SecretsManager::Secret' },
  Site: { Site: 'S3::Bucket' },
} as const;

test('what holds data keeps its logical id and outlives its stack', () => {
  const kept = new Set(['DynamoDB::Table', 'S3::Bucket', 'Cognito::UserPool', 'SecretsManager::Secret'].map((each) => `AWS::${each}`));
  for (const { environment, part } of stacks()) {
    const found = resources(environment, part).filter((each) => kept.has(each.Type));
    const expected = part === 'Data' || part === 'Site' ? holdsData[part] : {};
    expect(Object.fromEntries(found.map((each) => [each.id, each.Type.replace('AWS::', '')]))).toEqual(expected);
    for (const each of found) expect([each.DeletionPolicy, each.UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
  }
});

// A table or a name that is there cannot be made anew: tools/deploy/adopt.py imports it, or the next ./deploy fails.
test('./deploy can find again whatever outlives its stack', () => {
  const found = [...source('tools/deploy/kept.py').matchAll(/^ {4}"(AWS::\S+)": _/gm)].map(([, type]) => type);
  // The one goes with its function, the other is a setting that a new one writes over.
  const nothingToFind = ['AWS::Lambda::Version', 'AWS::ApiGateway::Account'];
  for (const { environment, part } of stacks()) {
    const kept = resources(environment, part).filter((each) => each.DeletionPolicy === 'Retain' && !nothingToFind.includes(each.Type));
    if (kept.length > 0) expect(['Data', 'Api', 'Site', 'GitHub']).toContain(part);
    for (const each of kept) {
      expect(found).toContain(each.Type);
      // An import makes nothing, and so nothing that is imported may need what is made.
      const needed = [...JSON.stringify(each.Properties).matchAll(/"(?:Ref":|Fn::GetAtt":\[)"([^"]+)"/g)].map(([, id]) => id!);
      const there = kept.map(({ id }) => id);
      expect(needed.filter((id) => !id.startsWith('AWS::') && !there.includes(id))).toEqual([]);
    }
  }
  expect(source('tools/deploy/search.py')).toContain('parts = ("Data", "Api", "Site") + (("GitHub",)');
});

test('backups go to the archive, can be locked, and lose nothing to whoever writes over them', () => {
  const backups = resources('production', 'Data', 'S3::Bucket').find(({ id }) => id === 'Backups')!.Properties;
  const [archive] = backups.LifecycleConfiguration.Rules;
  expect(archive.Transitions).toEqual([
    { StorageClass: 'GLACIER', TransitionInDays: 30 }, { StorageClass: 'DEEP_ARCHIVE', TransitionInDays: 120 },
  ]);
  expect(archive.ExpirationInDays).toBeUndefined();
  expect(backups.VersioningConfiguration).toEqual({ Status: 'Enabled' });
  expect(backups.ObjectLockConfiguration.Rule.DefaultRetention).toEqual({ Mode: 'COMPLIANCE', Days: 30 });
  const unlocked = resources('staging', 'Data', 'S3::Bucket').find(({ id }) => id === 'Backups')!.Properties;
  expect(unlocked.ObjectLockEnabled).toBeUndefined();
});

test('every bucket is closed, speaks TLS alone and is encrypted', () => {
  const closed = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };
  for (const [part, count] of [['Data', 2], ['Site', 1]] as const) {
    const buckets = resources('production', part, 'S3::Bucket');
    expect(buckets).toHaveLength(count);
    for (const { id, Properties } of buckets) {
      expect(Properties.PublicAccessBlockConfiguration).toEqual(closed);
      expect(Properties.BucketEncryption).toBeDefined();
      const policy = resources('production', part, 'S3::BucketPolicy').find((each) => each.Properties.Bucket.Ref === id)!;
      expect(policy.Properties.PolicyDocument.Statement[0]).toMatchObject({
        Effect: 'Deny', Action: 's3:*', Principal: { AWS: '*' }, Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      });
    }
  }
});

test('the function finds its settings below its path, and the site\'s own origin among the allowed ones', () => {
  const [setting] = resources('production', 'Data', 'SSM::Parameter');
  expect(setting!.Properties).toMatchObject({ Name: '/palabre/production/moderation/links_max', Value: '5' });
  expect(only('production', 'Site', 'SSM::Parameter').Properties).toMatchObject({
    Name: '/palabre/production/comments/allowed_origins', Type: 'StringList',
    Value: 'https://portfolio.example.org,https://blog.example',
  });
  expect(text(only('staging', 'Site', 'SSM::Parameter').Properties.Value))
    .toMatch(/^https:\/\/\$\{Distribution\w+\.DomainName\}$/);
});

test('moderators are added by the owner, and need a second factor', () => {
  const pool = only('production', 'Data', 'Cognito::UserPool').Properties;
  expect(pool.AdminCreateUserConfig).toEqual({ AllowAdminCreateUserOnly: true });
  expect([pool.MfaConfiguration, pool.EnabledMfas]).toEqual(['ON', ['SOFTWARE_TOKEN_MFA']]);
  expect(resources('production', 'Data', 'Cognito::UserPoolGroup').map((each) => each.Properties.GroupName).sort())
    .toEqual(['admins', 'moderators']);
});

test('who may moderate is not forgotten when the stack goes', () => {
  for (const each of resources('production', 'Data', 'Cognito::UserPoolGroup')) expect(each.DeletionPolicy).toBe('Retain');
});
