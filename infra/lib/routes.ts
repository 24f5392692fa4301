// SPDX-License-Identifier: Apache-2.0

// contract/openapi.yaml as the gateway needs it; test/contract.test.ts compares the two.
export interface Route {
  readonly path: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  // `key`: a key of the usage plan, where options.posting says so. `person`: signed in by Cognito.
  readonly opens: 'everybody' | 'key' | 'person';
  // Parameters without which the gateway answers itself, in the words of our code.
  readonly needs?: readonly string[];
}

export const routes: readonly Route[] = [
  { path: '/commentaires', method: 'GET', opens: 'everybody', needs: ['sectionId'] },
  { path: '/commentaires', method: 'POST', opens: 'key' },
  { path: '/commentaires/{id}', method: 'GET', opens: 'everybody' },
  // The edit token, which only the author has, is what opens these two.
  { path: '/commentaires/{id}', method: 'PATCH', opens: 'everybody' },
  { path: '/commentaires/{id}', method: 'DELETE', opens: 'everybody' },
  { path: '/commentaires/counts', method: 'GET', opens: 'everybody', needs: ['sectionId'] },
  { path: '/commentaires/preview', method: 'POST', opens: 'everybody' },
  { path: '/moderation/commentaires', method: 'GET', opens: 'person' },
  { path: '/moderation/commentaires/{id}', method: 'GET', opens: 'person' },
  { path: '/moderation/decisions', method: 'POST', opens: 'person' },
  { path: '/moderation/sections', method: 'PUT', opens: 'person' },
  { path: '/moderation/audit', method: 'GET', opens: 'person' },
  { path: '/health', method: 'GET', opens: 'everybody' },
  { path: '/openapi.json', method: 'GET', opens: 'everybody' },
];

// What CloudFront sends to the gateway: exactly what http::api owns on one machine.
export const apiPatterns = {
  reads: ['/commentaires', '/commentaires/*', '/openapi.json'],
  uncached: ['/moderation/*', '/health'],
} as const;
