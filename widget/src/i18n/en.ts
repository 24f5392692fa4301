// SPDX-License-Identifier: Apache-2.0
import type { Messages } from './messages.js';

const empty = 'Write something here.';
const busy = 'Too many requests at once. Try again in a moment.';
const odd = 'This field holds something not allowed.';

export const en: Messages = {
  tag: 'en',
  one: '{n} comment',
  other: '{n} comments',
  title: 'Comments',
  loading: 'Loading…',
  loadFailed: 'The comments could not be loaded.',
  retry: 'Try again',
  empty: 'Nobody has spoken yet. Be the first!',
  more: 'Show more',
  verified: 'verified',
  edited: 'edited',
  older: 'in reply to an older comment',
  inReplyTo: 'in reply to {name}',
  reply: 'Reply',
  replyTo: 'Reply to {name}',
  write: 'Write a comment',
  author: 'Name',
  website: 'Website',
  optional: 'optional',
  text: 'Comment',
  hint: 'Markdown works',
  publish: 'Publish',
  publishing: 'Sending…',
  preview: 'Preview',
  cancel: 'Cancel',
  retrying: 'No answer. Trying again in {n} s…',
  posted: 'Your comment is published.',
  held: 'Thank you! Your comment awaits a review.',
  fields: {
    required: empty,
    'wrong-type': odd,
    'too-long': 'This is too long: at most {n} characters.',
    'invalid-utf8': odd,
    'control-character': odd,
    'bidi-override': odd,
    'not-a-url': 'Write an address like https://example.org.',
    'not-an-id': odd,
    'too-deep': 'Too many quotes or lists inside one another.',
    invisible: empty,
  },
  failed: 'No answer. Your text is kept here.',
  refused: 'Refused. Reload the page or tell the owner of this site.',
  problems: {
    'idempotency-conflict': 'Your text has changed. Publish again.',
    'unknown-parent': 'This comment is gone.',
    'reply-too-deep': 'Conversation too deep: reply further up.',
    'body-too-large': 'Your comment is too long.',
    'too-busy': busy,
    'too-many-requests': busy,
  },
};
