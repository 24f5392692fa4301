// SPDX-License-Identifier: Apache-2.0
// Writes src/contract.d.ts from the API's contract. A test holds the two together.
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import openapi, { astToString } from 'openapi-typescript';

export const target = new URL('../src/contract.d.ts', import.meta.url);

export async function contractTypes() {
  const tree = await openapi(new URL('../../contract/openapi.yaml', import.meta.url));
  return `// SPDX-License-Identifier: Apache-2.0\n// Made by \`npm run types\`; do not edit.\n\n${astToString(tree)}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeFile(target, await contractTypes());
