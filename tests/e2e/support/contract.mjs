// SPDX-License-Identifier: Apache-2.0
// Holds a real answer against contract/openapi.yaml.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { sourceRoot } from './server.mjs';

export const contract = parse(readFileSync(join(sourceRoot, 'contract/openapi.yaml'), 'utf8'));

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addSchema(contract, 'contract');

const pointer = (...names) => names.map((name) => String(name).replaceAll('~', '~0').replaceAll('/', '~1')).join('/');

function resolve(node) {
  if (!node?.$ref) return node;
  return node.$ref.slice(2).split('/').reduce((at, name) => at[name], contract);
}

function pointerOf(path, method, status) {
  const stated = contract.paths[path][method].responses[status];
  return stated.$ref ? stated.$ref.slice(2) : pointer('paths', path, method, 'responses', status);
}

// What the contract says is wrong with the answer; empty when it is as promised.
export async function breaches(answer, path, method) {
  const stated = resolve(contract.paths[path][method].responses[answer.status]);
  if (!stated) return [`status ${answer.status} is not in the contract`];
  const text = await answer.text();
  if (!stated.content) return text === '' ? [] : ['a body where the contract has none'];
  const type = answer.headers.get('content-type');
  if (!stated.content[type]) return [`content type ${type} is not in the contract`];
  const where = `contract#/${pointerOf(path, method, answer.status)}/${pointer('content', type, 'schema')}`;
  const validate = ajv.getSchema(where) ?? ajv.compile({ $ref: where });
  if (validate(JSON.parse(text))) return [];
  return validate.errors.map((e) => `${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`);
}
