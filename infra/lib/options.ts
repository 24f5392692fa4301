// SPDX-License-Identifier: Apache-2.0
import fs from 'node:fs';
import path from 'node:path';

export interface Domain {
  // The name that readers type: comments.example.org, or example.org itself.
  readonly name: string;
  // The public hosted zone of Route 53 that holds the name; its id stands in the console.
  readonly zoneId: string;
  readonly zoneName: string;
}

export interface Options {
  // Part of every name, so that several environments stand side by side: staging, production.
  readonly environment: string;
  // Where everything lives but what CloudFront wants in us-east-1.
  readonly region: string;
  // Without one, readers use the name that CloudFront gives.
  readonly domain?: Domain;
  // Other sites whose pages show and post comments, as browsers write them: https://blog.example.
  readonly allowedOrigins: readonly string[];
  // Settings of docs/guide/lambda.md, such as { 'moderation/links_max': '5' }.
  readonly settings: Readonly<Record<string, string>>;
  // Who may post: `gateway-key`, whoever sends a key of the usage plan, which counts and slows them;
  // `own-key`, what [posting] says, with keys of `palabre keys add`, or nobody's.
  readonly posting: 'gateway-key' | 'own-key';
  // What the usage plan allows one key: posts in a second, at once, and in a day.
  readonly posts: { readonly perSecond: number; readonly burst: number; readonly perDay: number };
  // What the whole API takes, in a second and at once. Reads that CloudFront answers do not count.
  readonly throttle: { readonly perSecond: number; readonly burst: number };
  // The web application firewall: `cloudfront` judges all requests, `stage` those of the API,
  // `none` costs nothing.
  readonly waf: 'cloudfront' | 'stage' | 'none';
  // How many requests an address may make in five minutes before the firewall answers 429.
  readonly wafRequests: number;
  // Where CloudFront answers from: `100` Europe and North America, `200` also Asia, `all`.
  readonly priceClass: '100' | '200' | 'all';
  // What the site's pages may load: the policy that the server sends, unless the site needs more.
  readonly contentSecurityPolicy: string;
  // For how long browsers must come back by HTTPS only. There is no way back while it lasts.
  readonly hstsSeconds: number;
  // Which secret CloudFront and the gateway share. One more, and a deployment makes and spreads a new
  // one; the API answers 403 for the minutes in between.
  readonly edgeSecret: number;
  // Whether Route 53 asks for /health from outside, day and night: half a million requests a month,
  // for about three dollars.
  readonly probe: boolean;
  // What the functions run on. arm64 costs a fifth less.
  readonly architecture: 'arm64' | 'x86_64';
  // How a new version goes live: `canary`, a tenth of the requests for ten minutes and back again
  // when an alarm rings; `at-once`.
  readonly release: 'canary' | 'at-once';
  // How long logs are kept, one of CloudWatch's numbers.
  readonly logDays: number;
  // For how many days nobody, not even the account's owner, can delete a backup. Must be decided
  // before the first deployment, and cannot be taken back.
  readonly backupLockDays?: number;
  // Who hears of alarms. AWS asks that address once for its consent.
  readonly alarmEmail?: string;
  // An alarm rings when the month is going to cost more US dollars than that.
  readonly monthlyBudget: number;
  // The repository, OWNER/NAME, whose workflows deploy to this environment.
  readonly github?: string;
  // An account has one GitHub provider, and in each region one logging role of API Gateway: `create`
  // them here, or take the `existing` ones that another environment made.
  readonly accountParts: 'create' | 'existing';
  // The archive of the functions; usually the one that ./package lambda built.
  readonly code: string;
  // The page that readers see where there is none.
  readonly missingPage: string;
}

const repository = path.resolve(import.meta.dirname, '../..');

// As docs/guide/configuration.md has it: what the widget is made for.
const strictPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
  "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; " +
  "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types palabre";

const defaults = {
  region: 'eu-west-3',
  allowedOrigins: [],
  settings: {},
  posting: 'gateway-key',
  // A site with a thousand readers at once sees fewer; more is somebody's program.
  posts: { perSecond: 5, burst: 20, perDay: 5000 },
  // A new account may run ten functions at once; a read takes some ten milliseconds.
  throttle: { perSecond: 100, burst: 200 },
  waf: 'cloudfront',
  wafRequests: 2000,
  priceClass: '100',
  contentSecurityPolicy: strictPolicy,
  hstsSeconds: 86_400,
  edgeSecret: 1,
  probe: true,
  architecture: 'arm64',
  release: 'canary',
  logDays: 30,
  monthlyBudget: 20,
  accountParts: 'create',
} as const satisfies Partial<Options>;

// What must be written, and what may be.
export type Chosen = Pick<Options, 'environment'> & Partial<Options>;

// A sentence for the person at the keyboard, as opposed to a bug of ours.
export class OptionsError extends Error {}

// What ./package lambda builds.
export function archiveOf(architecture: Options['architecture']): string {
  return path.join(repository, 'build/lambda', `palabre-${architecture}.zip`);
}

// Throws an OptionsError with a sentence for each mistake.
export function checkedOptions(chosen: Chosen): Options {
  const made: Options = {
    ...defaults,
    code: archiveOf(chosen.architecture ?? defaults.architecture),
    missingPage: path.join(repository, 'build/site/404.html'),
    ...chosen,
  };
  const mistakes = mistakesIn(made);
  if (mistakes.length > 0) {
    throw new OptionsError(`environment ${made.environment}:\n  ${mistakes.join('\n  ')}`);
  }
  return made;
}

// What a configuration without types, such as -c options=…, could have misspelt.
const choices = {
  posting: ['gateway-key', 'own-key'],
  waf: ['cloudfront', 'stage', 'none'],
  priceClass: ['100', '200', 'all'],
  architecture: ['arm64', 'x86_64'],
  release: ['canary', 'at-once'],
  accountParts: ['create', 'existing'],
} as const;
const others = ['environment', 'domain', 'backupLockDays', 'alarmEmail', 'github', 'code', 'missingPage'];
const known = [...Object.keys(defaults), ...others];

// Those of CloudWatch Logs up to ten years.
const logDays = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192,
  2557, 2922, 3288, 3653];

function mistakesIn(o: Options): string[] {
  const rules: [boolean, string][] = [
    ...Object.keys(o).map((name): [boolean, string] => [known.includes(name),
      `there is no option "${name}"; there are ${known.join(', ')}`]),
    ...Object.entries(choices).map(([name, all]): [boolean, string] => {
      const value = o[name as keyof typeof choices];
      return [(all as readonly string[]).includes(value), `${name} "${value}" is none of ${all.join(', ')}`];
    }),
    [/^[a-z][a-z0-9]{1,15}$/.test(o.environment),
      'environment is part of every name: 2 to 16 small letters and digits, a letter first'],
    [/^[a-z]{2}(-[a-z]+)+-\d$/.test(o.region), `region "${o.region}" is none; write one such as eu-west-3`],
    [!o.domain || /^([a-z0-9-]+\.)+[a-z]{2,}$/.test(o.domain.name),
      `domain.name "${o.domain?.name}" is no name of a host: small letters, no https://, no path`],
    [!o.domain || isBelow(o.domain.name, o.domain.zoneName),
      `domain.name "${o.domain?.name}" is not in the zone "${o.domain?.zoneName}"`],
    [!o.domain || /^Z[A-Z0-9]+$/.test(o.domain.zoneId),
      `domain.zoneId "${o.domain?.zoneId}" is none: it begins with Z and stands in the console of Route 53`],
    ...o.allowedOrigins.map((each): [boolean, string] => [isOrigin(each),
      `allowedOrigins: write "${each}" as browsers do: https://blog.example, no path, no slash at the end`]),
    ...Object.entries(o.settings).map(([name, value]): [boolean, string] => [
      /^[a-z]+\/[a-z_]+$/.test(name) && value !== '' && name !== 'comments/allowed_origins',
      `settings: "${name}" must be section/key with a value that is not empty; origins go into allowedOrigins`]),
    ...positive({ 'posts.perSecond': o.posts.perSecond, 'posts.burst': o.posts.burst,
      'posts.perDay': o.posts.perDay, 'throttle.perSecond': o.throttle.perSecond,
      'throttle.burst': o.throttle.burst, monthlyBudget: o.monthlyBudget }),
    [Number.isInteger(o.edgeSecret) && o.edgeSecret >= 1, 'edgeSecret is a whole number from 1'],
    [typeof o.probe === 'boolean', 'probe is true or false'],
    [o.wafRequests >= 10 && o.wafRequests <= 2_000_000_000, 'wafRequests is a number from 10'],
    [logDays.includes(o.logDays), `logDays cannot be ${o.logDays}; CloudWatch knows ${logDays.join(', ')}`],
    [o.backupLockDays === undefined || (Number.isInteger(o.backupLockDays) && o.backupLockDays >= 1),
      'backupLockDays is a whole number from 1, or is left out'],
    [Number.isInteger(o.hstsSeconds) && o.hstsSeconds >= 0, 'hstsSeconds is a whole number from 0'],
    [!/[\r\n]/.test(o.contentSecurityPolicy), 'contentSecurityPolicy is one line'],
    [o.alarmEmail === undefined || /^[^@\s]+@[^@\s]+$/.test(o.alarmEmail),
      `alarmEmail "${o.alarmEmail}" is no address`],
    [o.github === undefined || /^[\w.-]+\/[\w.-]+$/.test(o.github),
      `github "${o.github}" is no repository; write OWNER/NAME`],
    [fs.existsSync(o.code), `code: there is no ${o.code}; ./package lambda builds it, -c code=FILE names another`],
    [fs.existsSync(o.missingPage),
      `missingPage: there is no ${o.missingPage}; node site/build.mjs build/site writes it`],
  ];
  return rules.filter(([kept]) => !kept).map(([, sentence]) => sentence);
}

function positive(numbers: Record<string, number>): [boolean, string][] {
  return Object.entries(numbers).map(([name, value]) => [value > 0, `${name} must be more than 0`]);
}

function isBelow(name: string, zone: string): boolean {
  return name === zone || name.endsWith(`.${zone}`);
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:/.test(text) && new URL(text).origin === text;
}
