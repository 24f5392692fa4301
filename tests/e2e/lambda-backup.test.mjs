// SPDX-License-Identifier: Apache-2.0
// The function `backup`, as the schedule of EventBridge calls the real program.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { Bootstrap } from './support/bootstrap.mjs';
import { Moto } from './support/moto.mjs';
import { RuntimeApi } from './support/runtime-api.mjs';

const setUp = `
for bucket in ("backups", "site"):
    s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-west-3"})
s3.put_object(Bucket="site", Key="index.html", Body=b"<p>hello</p>")
ddb.create_table(TableName="comments", BillingMode="PAY_PER_REQUEST",
    KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
    AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}])
ddb.update_continuous_backups(TableName="comments",
    PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True})
`;

const schedule = (time) => ({
  version: '0', id: '53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa', 'detail-type': 'Scheduled Event', source: 'aws.events',
  account: '123456789012', time, region: 'eu-west-3', resources: ['arn:aws:events:eu-west-3:123456789012:rule/backup'], detail: {},
});

describe('the backup on Lambda', () => {
  let moto;
  let runtime;
  let running;

  before(async () => {
    moto = await Moto.start();
    await moto.ask(setUp);
  });
  after(() => moto.close());
  beforeEach(async () => { runtime = await RuntimeApi.start(); });
  afterEach(async () => {
    await running.stop();
    await runtime.close();
  });

  function start(environment = {}) {
    running = Bootstrap.start(runtime, {
      ...moto.environment, _HANDLER: 'backup', PALABRE_TABLE: 'comments',
      PALABRE_BACKUP_PLACE: 's3://backups/palabre', PALABRE_SITE_PLACE: 's3://site', ...environment,
    });
  }
  const keys = () => moto.ask('print(json.dumps([each["Key"] for each in s3.list_objects_v2(Bucket="backups").get("Contents", [])]))');

  test('asks for an export, copies the site, and tells how old the last backup is', async () => {
    start();
    const time = `${new Date().toISOString().slice(0, 19)}Z`;
    const answered = await runtime.invoke(schedule(time), { deadlineMs: 60_000 });
    assert.equal(answered.kind, 'response', running.err);
    assert.deepEqual(JSON.parse(answered.body), { done: 'an export was asked for', siteFilesCopied: 1, siteComplete: true });
    const metrics = JSON.parse(running.out);
    assert.equal(metrics.BackupAge, 0);
    assert.equal(metrics.Service, 'backup');
    // boto3 reads what we wrote.
    const state = await moto.ask('print(s3.get_object(Bucket="backups", Key="palabre/state.json")["Body"].read().decode())');
    assert.equal(state.export.backup, `${time.slice(0, 19).replaceAll(':', '-')}.000Z`);
    const all = await keys();
    assert.equal(all.filter((key) => key.startsWith('palabre/site-files/')).length, 1);
    assert.ok(all.some((key) => key.startsWith(`palabre/${state.export.backup}/AWSDynamoDB/`)));
  });

  test('does not begin without a place for backups, and says which variable', async () => {
    start({ PALABRE_BACKUP_PLACE: undefined });
    assert.notEqual(await running.exited(), 0);
    assert.match(running.err, /PALABRE_BACKUP_PLACE is not set/);
  });

  test('fails, and removes nothing, with a wrong secret', async () => {
    const before = await keys();
    start({ AWS_SECRET_ACCESS_KEY: 'wrong' });
    const answered = await runtime.invoke(schedule('2026-01-01T00:00:00Z'), { deadlineMs: 30_000 });
    assert.equal(answered.kind, 'error');
    assert.equal(JSON.parse(running.out).BackupFailures, 1);
    assert.match(running.err, /S3 does not know these credentials/);
    assert.deepEqual(await keys(), before);
  });
});
