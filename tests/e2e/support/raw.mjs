// SPDX-License-Identifier: Apache-2.0
// Bytes over a socket, for what no HTTP client would send.
import { connect } from 'node:net';

// Sends the pieces, waits for the server to close or for `enough` of an answer.
export function exchange(port, pieces, { enough = () => false, timeoutMs = 30_000, gapMs = 0 } = {}) {
  return new Promise((done, fail) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    let sending = true;
    const timer = setTimeout(() => { socket.destroy(); fail(new Error(`no end in sight: ${answer}`)); }, timeoutMs);
    const finish = () => { sending = false; clearTimeout(timer); socket.destroy(); done(answer); };
    socket.setEncoding('latin1');
    socket.on('data', (text) => { answer += text; if (enough(answer)) finish(); });
    socket.on('close', finish);
    socket.on('error', finish);
    socket.on('connect', async () => {
      for (const piece of pieces) {
        if (!sending) return;
        socket.write(piece);
        if (gapMs) await new Promise((next) => { setTimeout(next, gapMs); });
      }
    });
  });
}

export const statusOf = (answer) => Number(answer.match(/^HTTP\/1\.1 (\d{3})/)?.[1] ?? 0);
export const statusesOf = (answer) => [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((m) => Number(m[1]));
