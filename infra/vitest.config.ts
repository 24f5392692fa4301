// SPDX-License-Identifier: Apache-2.0
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/*.test.ts'],
    globalSetup: 'test/synthesise.ts',
    // A synthesis of its own takes some seconds on a busy machine.
    testTimeout: 60_000,
  },
});
