// SPDX-License-Identifier: Apache-2.0
import type { Messages } from './messages.js';

const empty = 'Écrivez quelque chose ici.';
const busy = 'Trop de demandes à la fois. Réessayez dans un instant.';
const odd = 'Ce champ contient quelque chose d’interdit.';

export const fr: Messages = {
  tag: 'fr',
  one: '{n} commentaire',
  other: '{n} commentaires',
  title: 'Commentaires',
  loading: 'Chargement…',
  loadFailed: 'Les commentaires n’ont pas pu être chargés.',
  retry: 'Réessayer',
  empty: 'Personne n’a encore pris la parole. À vous !',
  more: 'Afficher plus',
  verified: 'identité vérifiée',
  edited: 'modifié',
  older: 'en réponse à un commentaire plus ancien',
  inReplyTo: 'en réponse à {name}',
  reply: 'Répondre',
  replyTo: 'Répondre à {name}',
  write: 'Écrire un commentaire',
  author: 'Nom',
  website: 'Site web',
  optional: 'facultatif',
  text: 'Commentaire',
  hint: 'Markdown accepté',
  publish: 'Publier',
  publishing: 'Envoi…',
  preview: 'Aperçu',
  cancel: 'Annuler',
  retrying: 'Pas de réponse. Nouvel essai dans {n} s…',
  posted: 'Votre commentaire est publié.',
  held: 'Merci ! Votre commentaire attend d’être relu.',
  fields: {
    required: empty,
    'wrong-type': odd,
    'too-long': 'C’est trop long : {n} caractères au plus.',
    'invalid-utf8': odd,
    'control-character': odd,
    'bidi-override': odd,
    'not-a-url': 'Écrivez une adresse comme https://exemple.fr.',
    'not-an-id': odd,
    'too-deep': 'Trop de citations ou de listes imbriquées.',
    invisible: empty,
  },
  failed: 'Pas de réponse. Votre texte est gardé ici.',
  refused: 'Envoi refusé. Rechargez la page ou prévenez l’équipe du site.',
  problems: {
    'idempotency-conflict': 'Votre texte a changé. Publiez de nouveau.',
    'unknown-parent': 'Ce commentaire n’existe plus.',
    'reply-too-deep': 'Discussion trop profonde : répondez plus haut.',
    'body-too-large': 'Votre commentaire est trop long.',
    'too-busy': busy,
    'too-many-requests': busy,
  },
};
