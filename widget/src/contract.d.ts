// SPDX-License-Identifier: Apache-2.0
// Made by `npm run types`; do not edit.

export interface paths {
    "/commentaires": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The published comments of a section, newest first.
         * @description Without `limit` and `cursor`, a section of up to 50 comments comes back whole, so that replies
         *     can be shown under what they answer; a larger one gives its 20 newest. `nextCursor` leads to
         *     older comments, `previousCursor` back to newer ones. A cursor stays right while comments arrive.
         */
        get: operations["listComments"];
        put?: never;
        /**
         * Posts a comment or a reply.
         * @description Acknowledged only when it is durable. A request with an `Idempotency-Key` may be sent again
         *     after a lost answer: the same key and content give the same comment, the same key with other
         *     content gives 409. Keys are remembered for seven days.
         *
         *     The answer to a post carries, once, the `editToken` with which its author may change or delete
         *     the comment until `editableUntil`.
         */
        post: operations["postComment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/commentaires/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["CommentId"];
            };
            cookie?: never;
        };
        /** One published comment. */
        get: operations["getComment"];
        put?: never;
        post?: never;
        /**
         * Deletes a comment, by its author.
         * @description As `PATCH`. A comment that has replies leaves a tombstone, `deleted`, without words.
         */
        delete: operations["deleteComment"];
        options?: never;
        head?: never;
        /**
         * Changes the text of a comment, by its author.
         * @description For a while after the post, with the `editToken` of its answer. The new text is judged as a new
         *     comment would be, and may be held for a moderator.
         */
        patch: operations["editComment"];
        trace?: never;
    };
    "/commentaires/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many published comments each of several sections has. */
        get: operations["countComments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/commentaires/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The HTML that a text would become. Nothing is stored. */
        post: operations["previewComment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/moderation/commentaires": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Comments in one state, newest first, for moderators. */
        get: operations["listQueue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/moderation/commentaires/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["CommentId"];
            };
            cookie?: never;
        };
        /** One comment in whatever state, and what was decided about it. */
        get: operations["showToModerator"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/moderation/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decides about up to 100 comments at once.
         * @description Each decision stands by itself and is written into the audit with the name of the key. To
         *     delete takes the words away for good; a comment with replies leaves a tombstone.
         */
        post: operations["decide"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/moderation/sections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Closes a section to new comments, or opens it again. */
        put: operations["closeSection"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/moderation/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who decided what and when, newest first. */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether this home can serve, and what was looked at. */
        get: operations["health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document, as JSON. */
        get: operations["contract"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Markdown as GitHub has it. Kept exactly as written. */
        Text: string;
        CommentDraft: {
            /** @description As in `GET /commentaires`. */
            sectionId: string;
            /** @description The name to show. */
            author: string;
            text: components["schemas"]["Text"];
            /**
             * Format: uuid
             * @description The comment that this one answers.
             */
            parentId?: string;
            /** @description An http or https address of the author. Empty means none. */
            website?: string;
            /** @description A trap: stands in the form where people do not see it, and must stay empty. */
            email?: string;
            /** @description How long the form was being filled in, as the form saw it. */
            elapsedMs?: number;
        };
        CommentMembers: {
            /**
             * Format: uuid
             * @description A UUID of version 7.
             */
            id: string;
            sectionId: string;
            /**
             * Format: date-time
             * @description UTC, with milliseconds.
             */
            timestamp: string;
            author: string;
            /** @description Markdown exactly as written. */
            text: string;
            /** @description Safe to insert into a page. */
            html: string;
            /** Format: uuid */
            parentId?: string;
            /** Format: uri */
            website?: string;
            /** Format: date-time */
            editedAt?: string;
            /** @description Whether the author was signed in. */
            verified: boolean;
            /** @description Present and true for a tombstone: author, text and html are empty, and replies keep its place. */
            deleted?: boolean;
        };
        Comment: components["schemas"]["CommentMembers"];
        PostedComment: {
            /** @description Lets its author change or delete the comment. Told once; absent when the owner allows no changes. */
            editToken?: string;
            /** Format: date-time */
            editableUntil?: string;
        } & components["schemas"]["CommentMembers"];
        ModeratedComment: {
            /** @enum {string} */
            status: "published" | "held" | "rejected" | "spam" | "deleted";
            /** @description What spoke against it when it came. */
            heldBecause?: string;
        } & components["schemas"]["CommentMembers"];
        Queue: {
            comments: components["schemas"]["ModeratedComment"][];
            /** @description Present when there are older ones. */
            nextCursor?: string;
        };
        CommentHistory: {
            comment: components["schemas"]["ModeratedComment"];
            audit: components["schemas"]["AuditEntry"][];
        };
        /** @description For other moderators, in one line. */
        Note: string;
        Decision: {
            ids: string[];
            /** @enum {string} */
            decision: "publish" | "reject" | "spam" | "delete";
            note?: components["schemas"]["Note"];
        };
        Outcomes: {
            outcomes: {
                id: string;
                /** @description False when there is no such comment, or only its tombstone. */
                found: boolean;
                /** @enum {string} */
                before?: "published" | "held" | "rejected" | "spam";
                /** @enum {string} */
                after?: "published" | "rejected" | "spam" | "deleted" | "gone";
            }[];
        };
        AuditEntry: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            timestamp: string;
            /** @description "key:NAME", "terminal:USER" or "author". */
            by: string;
            /** @enum {string} */
            action: "publish" | "reject" | "spam" | "delete" | "edit" | "close" | "reopen";
            /** Format: uuid */
            commentId?: string;
            sectionId: string;
            note?: string;
        };
        Audit: {
            audit: components["schemas"]["AuditEntry"][];
            /** @description Present when there are older ones. */
            nextCursor?: string;
        };
        CommentPage: {
            comments: components["schemas"]["Comment"][];
            /** @description Present when there are older comments. */
            nextCursor?: string;
            /** @description Present when there are newer comments. */
            previousCursor?: string;
            /** @description Published comments of the section. */
            total: number;
            /** @description Present and true when the section takes no more comments. */
            closed?: boolean;
        };
        Counts: {
            counts: {
                /** @description As asked, after folding. */
                sectionId: string;
                total: number;
            }[];
        };
        Health: {
            /** @enum {string} */
            status: "ok" | "degraded" | "failing";
            version: string;
            checks: {
                [key: string]: {
                    /** @enum {string} */
                    status: "ok" | "failing";
                    detail?: string;
                };
            };
        };
        FieldError: {
            /** @enum {string} */
            field: "sectionId" | "author" | "text" | "website" | "parentId";
            /** @enum {string} */
            code: "required" | "wrong-type" | "too-long" | "invalid-utf8" | "control-character" | "bidi-override" | "not-a-url" | "not-an-id" | "too-deep" | "invisible";
            /** @description What to do, in English. */
            message: string;
            /** @description The number that was crossed, where there is one. */
            limit?: number;
        };
        Problem: {
            /**
             * @description `urn:palabre:problem:` and a stable name.
             * @enum {string}
             */
            type: "urn:palabre:problem:invalid-fields" | "urn:palabre:problem:missing-section" | "urn:palabre:problem:invalid-section" | "urn:palabre:problem:too-many-sections" | "urn:palabre:problem:invalid-limit" | "urn:palabre:problem:invalid-cursor" | "urn:palabre:problem:invalid-idempotency-key" | "urn:palabre:problem:idempotency-conflict" | "urn:palabre:problem:unknown-parent" | "urn:palabre:problem:reply-too-deep" | "urn:palabre:problem:unknown-comment" | "urn:palabre:problem:invalid-key" | "urn:palabre:problem:key-required" | "urn:palabre:problem:key-refused" | "urn:palabre:problem:quota-exceeded" | "urn:palabre:problem:section-closed" | "urn:palabre:problem:edit-refused" | "urn:palabre:problem:edit-conflict" | "urn:palabre:problem:invalid-status" | "urn:palabre:problem:invalid-decision" | "urn:palabre:problem:malformed-request" | "urn:palabre:problem:malformed-json" | "urn:palabre:problem:not-json" | "urn:palabre:problem:unknown-route" | "urn:palabre:problem:method-not-allowed" | "urn:palabre:problem:origin-refused" | "urn:palabre:problem:body-too-large" | "urn:palabre:problem:headers-too-large" | "urn:palabre:problem:target-too-long" | "urn:palabre:problem:too-slow" | "urn:palabre:problem:too-busy" | "urn:palabre:problem:too-many-requests" | "urn:palabre:problem:store-unavailable" | "urn:palabre:problem:internal-error";
            title: string;
            status: number;
            detail?: string;
            /** @description Every bad field at once. */
            errors?: components["schemas"]["FieldError"][];
        };
    };
    responses: {
        /** @description What is wrong, and what to do. */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description More than the client's rate allows. `Retry-After` says how many seconds to wait; the other two
         *     are those of draft-ietf-httpapi-ratelimit-headers-10.
         */
        TooManyRequests: {
            headers: {
                "Retry-After": number;
                /** @description Such as `"requests";q=500;w=10`. */
                "RateLimit-Policy"?: string;
                /** @description Such as `"requests";r=0;t=1`. */
                RateLimit?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /**
         * @description The section: a word ("projets") or the path of a page ("/blog/x"). Paths are folded, so that
         *     "/blog//x/?utm_source=y" names the same section as "/blog/x".
         */
        SectionId: string;
        CommentId: string;
        /** @description How many at most. */
        Limit: number;
        /** @description A key that the owner gave. Needed to post, unless the owner allows it without. */
        ApiKey: string;
        /** @description A key of the role moderator or admin. */
        ModeratorKey: string;
        /** @description `editToken` of the answer to the post. */
        EditToken: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listComments: {
        parameters: {
            query: {
                /**
                 * @description The section: a word ("projets") or the path of a page ("/blog/x"). Paths are folded, so that
                 *     "/blog//x/?utm_source=y" names the same section as "/blog/x".
                 */
                sectionId: components["parameters"]["SectionId"];
                /** @description How many comments at most. */
                limit?: number;
                /** @description `nextCursor` or `previousCursor` of an earlier answer for the same section. */
                cursor?: string;
            };
            header?: {
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of comments. */
            200: {
                headers: {
                    ETag?: string;
                    "Cache-Control"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommentPage"];
                };
            };
            /** @description The page is the one named by `If-None-Match`. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Problem"];
        };
    };
    postComment: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key that the owner gave. Needed to post, unless the owner allows it without. */
                "x-api-key"?: components["parameters"]["ApiKey"];
                /** @description 1 to 128 visible ASCII characters, unique for this comment; a UUID is best. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CommentDraft"];
            };
        };
        responses: {
            /** @description The comment, published. */
            201: {
                headers: {
                    /** @description The address of the comment. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostedComment"];
                };
            };
            /** @description The comment was taken and awaits a moderator. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostedComment"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Problem"];
        };
    };
    getComment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["CommentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The comment. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comment"];
                };
            };
            404: components["responses"]["Problem"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    deleteComment: {
        parameters: {
            query?: never;
            header: {
                /** @description `editToken` of the answer to the post. */
                "edit-token": components["parameters"]["EditToken"];
                /** @description A key that the owner gave. Needed to post, unless the owner allows it without. */
                "x-api-key"?: components["parameters"]["ApiKey"];
            };
            path: {
                id: components["parameters"]["CommentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Problem"];
        };
    };
    editComment: {
        parameters: {
            query?: never;
            header: {
                /** @description `editToken` of the answer to the post. */
                "edit-token": components["parameters"]["EditToken"];
                /** @description A key that the owner gave. Needed to post, unless the owner allows it without. */
                "x-api-key"?: components["parameters"]["ApiKey"];
            };
            path: {
                id: components["parameters"]["CommentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    text: components["schemas"]["Text"];
                };
            };
        };
        responses: {
            /** @description The comment with its new text. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comment"];
                };
            };
            /** @description The new text was taken; the comment awaits a moderator. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comment"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            409: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Problem"];
        };
    };
    countComments: {
        parameters: {
            query: {
                /** @description Repeated, up to 100 times. */
                sectionId: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One entry for each section asked for, in the same order. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Counts"];
                };
            };
            400: components["responses"]["Problem"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    previewComment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    text: components["schemas"]["Text"];
                };
            };
        };
        responses: {
            /** @description The safe HTML. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        html: string;
                    };
                };
            };
            400: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    listQueue: {
        parameters: {
            query?: {
                status?: "held" | "published" | "rejected" | "spam";
                /** @description Of this section only. */
                sectionId?: string;
                /** @description How many at most. */
                limit?: components["parameters"]["Limit"];
                /** @description `nextCursor` of an earlier answer for the same status and section. */
                cursor?: string;
            };
            header: {
                /** @description A key of the role moderator or admin. */
                "x-api-key": components["parameters"]["ModeratorKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the queue. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Queue"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Problem"];
        };
    };
    showToModerator: {
        parameters: {
            query?: never;
            header: {
                /** @description A key of the role moderator or admin. */
                "x-api-key": components["parameters"]["ModeratorKey"];
            };
            path: {
                id: components["parameters"]["CommentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The comment and its audit, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommentHistory"];
                };
            };
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            404: components["responses"]["Problem"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Problem"];
        };
    };
    decide: {
        parameters: {
            query?: never;
            header: {
                /** @description A key of the role moderator or admin. */
                "x-api-key": components["parameters"]["ModeratorKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Decision"];
            };
        };
        responses: {
            /** @description One outcome for each id, in the same order. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Outcomes"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Problem"];
        };
    };
    closeSection: {
        parameters: {
            query?: never;
            header: {
                /** @description A key of the role moderator or admin. */
                "x-api-key": components["parameters"]["ModeratorKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    sectionId: string;
                    closed: boolean;
                    note?: components["schemas"]["Note"];
                };
            };
        };
        responses: {
            /** @description How it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        sectionId: string;
                        closed: boolean;
                    };
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            413: components["responses"]["Problem"];
            415: components["responses"]["Problem"];
            422: components["responses"]["Problem"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Problem"];
        };
    };
    listAudit: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: components["parameters"]["Limit"];
                /** @description `nextCursor` of an earlier answer. */
                cursor?: string;
            };
            header: {
                /** @description A key of the role moderator or admin. */
                "x-api-key": components["parameters"]["ModeratorKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the audit. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Audit"];
                };
            };
            400: components["responses"]["Problem"];
            401: components["responses"]["Problem"];
            403: components["responses"]["Problem"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Problem"];
        };
    };
    health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Readers get everything. With `status: degraded` new comments are refused: the disk is full, say. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description Something that is needed to serve readers does not work; `checks` says what. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    contract: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.1. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            429: components["responses"]["TooManyRequests"];
        };
    };
}
