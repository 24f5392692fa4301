// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from '../support/load.mjs';

const { pausesMs, pauseMsMax, pause, withRetries } = await load('retry');

// As api.ts throws it.
const failure = (status, retryAfterMs = 0) => ({
  status,
  retryAfterMs,
  isPassing: [0, 429, 502, 503, 504].includes(status),
});

async function run(...outcomes) {
  const waits = [];
  let attempts = 0;
  const attempt = async () => {
    const outcome = outcomes[Math.min(attempts++, outcomes.length - 1)];
    if (typeof outcome === 'object') throw outcome;
    return outcome;
  };
  const wait = async (ms) => void waits.push(ms);
  const result = await withRetries(attempt, wait).catch((error) => error);
  return { attempts, result, waits };
}

test('a success needs one attempt', async () => {
  assert.deepEqual(await run('ok'), { attempts: 1, result: 'ok', waits: [] });
});

for (const status of [0, 429, 502, 503, 504]) {
  test(`${status} is tried again, after longer and longer pauses`, async () => {
    const lost = failure(status);
    assert.deepEqual(await run(lost, lost, 'ok'), { attempts: 3, result: 'ok', waits: [1000, 3000] });
    assert.deepEqual(await run(lost), { attempts: 4, result: lost, waits: [...pausesMs] });
  });
}

for (const status of [400, 403, 409, 413, 422, 500]) {
  test(`${status} is not tried again`, async () => {
    const refused = failure(status);
    assert.deepEqual(await run(refused), { attempts: 1, result: refused, waits: [] });
  });
}

test('the pause that the server wishes for is kept, unless it is too long', async () => {
  assert.deepEqual((await run(failure(503, 7000), 'ok')).waits, [7000]);
  assert.deepEqual((await run(failure(429, pauseMsMax), 'ok')).waits, [pauseMsMax]);
  const late = failure(429, pauseMsMax + 1000);
  assert.deepEqual(await run(late), { attempts: 1, result: late, waits: [] });
  assert.deepEqual((await run(failure(503, NaN), 'ok')).waits, [1000]);
});

test('a pause ends when nobody waits any more', async () => {
  const stop = new AbortController();
  const waiting = pause(500, stop.signal);
  stop.abort();
  await assert.rejects(waiting);
});
