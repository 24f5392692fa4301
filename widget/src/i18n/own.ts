// SPDX-License-Identifier: Apache-2.0
import type { Messages } from './messages.js';

// What is said of a reader's own comments.
interface OwnMessages {
  readonly edit: string;
  readonly editTitle: string;
  readonly save: string;
  readonly edited: string;
  readonly remove: string;
  readonly ask: string;
  readonly removed: string;
  readonly problems: Messages['problems'];
}

export const fr: OwnMessages = {
  edit: 'Modifier',
  editTitle: 'Modifier votre commentaire',
  save: 'Enregistrer',
  edited: 'Votre commentaire est modifié.',
  remove: 'Supprimer',
  ask: 'Supprimer votre commentaire ?',
  removed: 'Votre commentaire est supprimé.',
  problems: {
    'unknown-comment': 'Ce commentaire n’existe plus.',
    'edit-refused': 'Ce commentaire ne peut plus être changé.',
    'edit-conflict': 'Ce commentaire a changé entre-temps. Rechargez la page.',
  },
};

export const en: OwnMessages = {
  edit: 'Edit',
  editTitle: 'Edit your comment',
  save: 'Save',
  edited: 'Your comment is changed.',
  remove: 'Delete',
  ask: 'Delete your comment?',
  removed: 'Your comment is deleted.',
  problems: {
    'unknown-comment': 'This comment is gone.',
    'edit-refused': 'This comment can no longer be changed.',
    'edit-conflict': 'This comment has changed meanwhile. Reload the page.',
  },
};

export function messagesOf(tag: string): OwnMessages {
  return tag === 'fr' ? fr : en;
}
