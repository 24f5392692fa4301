// SPDX-License-Identifier: Apache-2.0
import type { Comment } from './api.js';

// A comment with the replies to it that are loaded. `orphan`: it answers one that is not loaded.
export interface Branch {
  readonly comment: Comment;
  readonly replies: Branch[];
  orphan: boolean;
}

// As the server orders them: by time, then by id, which no two share.
function byTime(a: Comment, b: Comment): number {
  return a.timestamp + a.id < b.timestamp + b.id ? -1 : 1;
}

// Conversations with the newest first; inside one, replies are read from the oldest.
export function arrange(comments: Iterable<Comment>): Branch[] {
  const branches = new Map<string, Branch>();
  for (const comment of [...comments].sort(byTime)) {
    branches.set(comment.id, { comment, replies: [], orphan: false });
  }
  const top: Branch[] = [];
  for (const branch of branches.values()) {
    const { parentId } = branch.comment;
    const parent = parentId && branches.get(parentId);
    if (parent) parent.replies.push(branch);
    else {
      branch.orphan = !!parentId;
      top.unshift(branch);
    }
  }
  return top;
}
