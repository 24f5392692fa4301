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
            path?: never;
            cookie?: never;
        };
        /** One published comment. */
        get: operations["getComment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
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
        };
        Comment: {
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
        };
        CommentPage: {
            comments: components["schemas"]["Comment"][];
            /** @description Present when there are older comments. */
            nextCursor?: string;
            /** @description Present when there are newer comments. */
            previousCursor?: string;
            /** @description Published comments of the section. */
            total: number;
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
            status: "ok" | "failing";
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
            type: "urn:palabre:problem:invalid-fields" | "urn:palabre:problem:missing-section" | "urn:palabre:problem:invalid-section" | "urn:palabre:problem:too-many-sections" | "urn:palabre:problem:invalid-limit" | "urn:palabre:problem:invalid-cursor" | "urn:palabre:problem:invalid-idempotency-key" | "urn:palabre:problem:idempotency-conflict" | "urn:palabre:problem:unknown-parent" | "urn:palabre:problem:reply-too-deep" | "urn:palabre:problem:unknown-comment" | "urn:palabre:problem:malformed-request" | "urn:palabre:problem:malformed-json" | "urn:palabre:problem:not-json" | "urn:palabre:problem:unknown-route" | "urn:palabre:problem:method-not-allowed" | "urn:palabre:problem:origin-refused" | "urn:palabre:problem:body-too-large" | "urn:palabre:problem:headers-too-large" | "urn:palabre:problem:target-too-long" | "urn:palabre:problem:too-slow" | "urn:palabre:problem:too-busy" | "urn:palabre:problem:too-many-requests" | "urn:palabre:problem:store-unavailable" | "urn:palabre:problem:internal-error";
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
                    "application/json": components["schemas"]["Comment"];
                };
            };
            /** @description The comment was taken and awaits a moderator. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comment"];
                };
            };
            400: components["responses"]["Problem"];
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
                id: string;
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
    health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Everything works. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description Something that is needed does not work; `checks` says what. */
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
