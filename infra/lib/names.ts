// SPDX-License-Identifier: Apache-2.0

// Every name that somebody outside of this folder knows as well: the C++ program, ./deploy, the
// workflows. test/names.test.ts compares the first half with the C++ headers.

// --- What the program calls things ---------------------------------------------------------------

// src/store/dynamodb/table.hpp
export const table = {
  name: 'CommentairesAlternance',
  sectionIndex: 'sectionId-timestamp-index',
  queueIndex: 'queue-timestamp-index',
  id: 'id',
  section: 'sectionId',
  timestamp: 'timestamp',
  queue: 'queue',
  expires: 'expires',
} as const;

// src/home/function/names.hpp
export const variables = {
  parameters: 'PALABRE_PARAMETERS',
  table: 'PALABRE_TABLE',
  clientHeader: 'PALABRE_CLIENT_HEADER',
  backupPlace: 'PALABRE_BACKUP_PLACE',
  sitePlace: 'PALABRE_SITE_PLACE',
} as const;

export const handlers = { api: 'api', backup: 'backup' } as const;

// A SecureString, which CloudFormation cannot make: ./deploy puts it there once.
export const editSecretParameter = 'edit_secret';

// src/log/backup_line.cpp and metric_line.cpp, the members of their lines of JSON.
export const metrics = {
  namespace: 'Palabre',
  route: 'Route',
  latency: 'Latency',
  coldStart: 'ColdStart',
  backupAge: 'BackupAge',
  backupFailures: 'BackupFailures',
} as const;

// src/runtime/lambda/gateway_identity.hpp
export const groups = { moderators: 'moderators', admins: 'admins' } as const;

// CloudFront writes it over whatever a reader sends, with address and port.
export const viewerAddress = 'cloudfront-viewer-address';

// --- What stands in an account -------------------------------------------------------------------

// Names of buckets are shared by all accounts of the world: they carry the account's number.
export function namesIn(environment: string, account: string) {
  const own = `palabre-${environment}`;
  return {
    // The name that the vision has, for the environment that readers see.
    table: environment === 'production' ? table.name : `${table.name}-${environment}`,
    parameters: `/palabre/${environment}/`,
    edgeSecret: (number: number) => `palabre/${environment}/edge-${number}`,
    siteBucket: `${own}-site-${account}`,
    backupBucket: `${own}-backup-${account}`,
    logBucket: `${own}-logs-${account}`,
    apiFunction: `${own}-api`,
    backupFunction: `${own}-backup`,
    api: own,
    stage: 'live',
    alias: 'live',
    apiKey: `${own}-site`,
    userPool: own,
    signInDomain: `${own}-${account}`,
    deploymentApplication: own,
    schedules: { begin: `${own}-backup`, finish: `${own}-backup-finish` },
    deadLetters: `${own}-backup-failed`,
    topic: `${own}-alarms`,
    dashboard: own,
    budget: own,
    githubRole: `${own}-github`,
    // Of our own numbers that are read from the logs of this environment alone.
    metricNamespace: `${metrics.namespace}/${environment}`,
    own,
  };
}

export type Names = ReturnType<typeof namesIn>;

// Below s3://BACKUP_BUCKET: what the function writes, and all that its role may write.
export const backupPrefix = 'palabre';

// Where the gateway answers with the site's 404 page (lib/missing-page.ts).
export const missingPagePath = 'missing-page';
