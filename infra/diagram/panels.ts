// SPDX-License-Identifier: Apache-2.0
import type { BoxName } from './boxes.ts';

// Where each box stands, and which arrows are drawn. What may be drawn is not decided here:
// test/diagram.test.ts holds every arrow to the templates, and the templates to the arrows.

export interface Arrow {
  readonly from: BoxName;
  readonly verb: string;
  readonly to: BoxName;
  // Over the heads of the boxes between them, instead of straight.
  readonly over?: true;
}

export interface Panel {
  readonly title: string;
  // Rows of three; a box may stand in several panels.
  readonly rows: readonly (readonly (BoxName | undefined)[])[];
  readonly arrows: readonly Arrow[];
}

const arrow = (from: BoxName, verb: string, to: BoxName, over?: true): Arrow => ({ from, verb, to, ...(over && { over }) });

export const panels: readonly Panel[] = [
  {
    title: 'A page, and a comment',
    rows: [
      ['names', 'reader', 'certificate'],
      ['firewall', 'cloudfront', 'secret'],
      ['site', 'gateway', 'people'],
      ['release', 'api', 'settings'],
      [undefined, 'table', undefined],
    ],
    arrows: [
      arrow('names', 'names', 'cloudfront'),
      arrow('reader', 'ask', 'cloudfront'),
      arrow('certificate', 'vouches for', 'cloudfront'),
      arrow('firewall', 'guards', 'cloudfront'),
      arrow('secret', 'is shown by', 'cloudfront'),
      arrow('secret', 'is demanded by', 'gateway'),
      arrow('cloudfront', 'takes pages from', 'site'),
      arrow('cloudfront', 'sends the paths of the API to', 'gateway'),
      arrow('gateway', 'asks for moderators', 'people'),
      arrow('gateway', 'calls', 'api'),
      arrow('release', 'brings a new version of', 'api'),
      arrow('api', 'reads', 'settings'),
      arrow('api', 'reads and writes', 'table'),
    ],
  },
  {
    title: 'A backup, every day',
    rows: [
      ['schedule', 'backup', 'failed'],
      ['site', 'table', 'backups'],
      [undefined, 'deep', 'glacier'],
    ],
    arrows: [
      arrow('schedule', 'calls', 'backup'),
      arrow('schedule', 'leaves what failed in', 'failed', true),
      arrow('backup', 'leaves what failed in', 'failed'),
      arrow('backup', 'copies', 'site'),
      arrow('backup', 'asks for an export of', 'table'),
      arrow('backup', 'adds to', 'backups'),
      arrow('backups', 'move to', 'glacier'),
      arrow('glacier', 'moves to', 'deep'),
    ],
  },
  {
    title: 'Who watches, and who is told',
    rows: [
      ['gateway', 'api', 'backup'],
      ['failed', 'alarms', 'probe'],
      ['budget', 'topic', 'names'],
      [undefined, 'mail', undefined],
    ],
    arrows: [
      arrow('alarms', 'watches', 'gateway'),
      arrow('alarms', 'watches', 'api'),
      arrow('alarms', 'watches', 'backup'),
      arrow('alarms', 'watches', 'failed'),
      arrow('alarms', 'watches', 'probe'),
      arrow('probe', 'asks, from three continents, by', 'names'),
      arrow('alarms', 'rings at', 'topic'),
      arrow('budget', 'rings at', 'topic'),
      arrow('topic', 'writes to', 'mail'),
    ],
  },
  {
    title: 'A push to main',
    rows: [
      ['site', 'cloudfront', 'gateway'],
      ['cloudformation', 'github', 'api'],
      ['settings', 'alarms', 'release'],
    ],
    arrows: [
      arrow('github', 'uploads pages to', 'site'),
      arrow('github', 'ends old copies in', 'cloudfront'),
      arrow('github', 'reads the site’s key from', 'gateway'),
      arrow('github', 'changes everything by', 'cloudformation'),
      arrow('github', 'goes back to an older version of', 'api'),
      arrow('github', 'puts a first secret into', 'settings'),
      arrow('github', 'looks at', 'alarms'),
      arrow('github', 'stops', 'release'),
    ],
  },
];
