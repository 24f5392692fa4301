// SPDX-License-Identifier: Apache-2.0
import type { ApiError } from './api.js';

// The pauses before the second, third and fourth try: a restart of the server fits into them.
export const pausesMs: readonly number[] = [1_000, 3_000, 9_000];

// A server that asks for a longer pause is told to the reader, who should not have to watch.
export const pauseMsMax = 30_000;

// Resolves after `ms`; rejects when it is aborted first.
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    setTimeout(resolve, ms);
    signal.addEventListener('abort', reject);
  });
}

// Does `attempt` until it succeeds, fails for good, or has failed once more than there are pauses.
// `wait` is told how long to wait, and says so to the reader.
export async function withRetries<T>(
  attempt: () => Promise<T>,
  wait: (ms: number) => Promise<void>,
): Promise<T> {
  for (const ms of pausesMs) {
    try {
      return await attempt();
    } catch (error) {
      // What is not an ApiError is not passing either.
      const { isPassing, retryAfterMs } = error as ApiError;
      const wished = retryAfterMs || ms;
      if (!isPassing || wished > pauseMsMax) throw error;
      await wait(wished);
    }
  }
  return attempt();
}
