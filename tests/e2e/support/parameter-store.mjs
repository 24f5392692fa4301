// SPDX-License-Identifier: Apache-2.0
// Systems Manager, as far as a function asks it: GetParametersByPath, in pages, decrypted or not.
import { once } from 'node:events';
import { createServer } from 'node:http';

export class ParameterStore {
  parameters = {}; // name: {value, type}
  pageSize = 2; // AWS gives ten, and fewer when it likes
  refuses = undefined; // a name of an error
  asked = 0;

  static async start(parameters = {}) {
    const store = new ParameterStore();
    store.parameters = parameters;
    store.server = createServer((request, response) => store.#answer(request, response));
    store.server.listen(0, '127.0.0.1');
    await once(store.server, 'listening');
    return store;
  }

  get url() { return `http://127.0.0.1:${this.server.address().port}`; }

  async close() {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  async #answer(request, response) {
    let body = '';
    for await (const piece of request) body += piece;
    this.asked += 1;
    const [status, answer] = this.#answerTo(request.headers, JSON.parse(body));
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer));
  }

  #answerTo(headers, { Path, Recursive, WithDecryption, MaxResults = 10, NextToken = '0' }) {
    const refuse = (type) => [400, { __type: type, message: 'no' }];
    if (this.refuses) return refuse(this.refuses);
    if (headers['x-amz-target'] !== 'AmazonSSM.GetParametersByPath') return refuse('UnknownOperationException');
    if (!/\/ssm\/aws4_request, .*Signature=/.test(headers.authorization ?? '')) return refuse('MissingAuthenticationTokenException');
    if (!Path.startsWith('/')) return refuse('ValidationException');
    const below = Path.endsWith('/') ? Path : `${Path}/`;
    const all = Object.entries(this.parameters)
      .filter(([name]) => name.startsWith(below) && (Recursive || !name.slice(below.length).includes('/')));
    const from = Number(NextToken);
    const to = from + Math.min(this.pageSize, MaxResults);
    const page = all.slice(from, to).map(([Name, { value, type = 'String' }]) => ({
      Name, Type: type, Value: type === 'SecureString' && !WithDecryption ? 'AQICAH…' : value, Version: 1,
    }));
    return [200, { Parameters: page, ...(to < all.length && { NextToken: String(to) }) }];
  }
}

export const secure = (value) => ({ value, type: 'SecureString' });
