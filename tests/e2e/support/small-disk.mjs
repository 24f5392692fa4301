// SPDX-License-Identifier: Apache-2.0
// A disk of some megabytes in memory, that can be filled and emptied. Only root may mount one.
import { execFileSync } from 'node:child_process';
import { closeSync, fsyncSync, openSync, rmSync, truncateSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export class SmallDisk {
  // Undefined when this user, or this container, may not mount.
  static async mount(megabytes) {
    const folder = await mkdtemp(join(tmpdir(), 'palabre-disk-'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0700`, 'palabre-test', folder], { stdio: 'ignore' });
    } catch {
      await rm(folder, { recursive: true });
      return undefined;
    }
    return new SmallDisk(folder);
  }

  constructor(folder) {
    this.folder = folder;
    this.ballast = join(folder, 'ballast');
  }

  // Writes until nothing more fits, then gives so many kilobytes back.
  fill(leaveKb = 0) {
    const file = openSync(this.ballast, 'a');
    let size = 0;
    try {
      for (const piece of [1024 * 1024, 4096]) {
        try {
          for (;;) size += writeSync(file, Buffer.alloc(piece));
        } catch (error) {
          if (error.code !== 'ENOSPC') throw error;
        }
      }
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    if (leaveKb > 0) truncateSync(this.ballast, Math.max(0, size - leaveKb * 1024));
  }

  free() { rmSync(this.ballast, { force: true }); }

  async unmount() {
    execFileSync('umount', [this.folder]);
    await rm(this.folder, { recursive: true });
  }
}
