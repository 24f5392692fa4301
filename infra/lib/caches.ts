// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import {
  CacheCookieBehavior, CacheHeaderBehavior, CachePolicy, CacheQueryStringBehavior, OriginRequestCookieBehavior,
  OriginRequestHeaderBehavior, OriginRequestPolicy, OriginRequestQueryStringBehavior,
} from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';

import { viewerAddress } from './names.ts';

// The files of the site.
export function siteCache(scope: Construct): CachePolicy {
  return new CachePolicy(scope, 'SiteCache', {
    comment: 'As long as the objects say themselves',
    minTtl: Duration.seconds(0),
    // Of those that say nothing.
    defaultTtl: Duration.minutes(5),
    maxTtl: Duration.days(365),
    enableAcceptEncodingBrotli: true,
    enableAcceptEncodingGzip: true,
  });
}

// Reads of comments. The function says for how long by its Cache-Control; nothing is kept without
// one. The largest time bounds stale-if-error too: that long do reads outlive a dead backend.
export function readCache(scope: Construct): CachePolicy {
  return new CachePolicy(scope, 'ReadCache', {
    comment: 'Reads of comments, as the function says',
    minTtl: Duration.seconds(0),
    defaultTtl: Duration.seconds(0),
    maxTtl: Duration.days(1),
    queryStringBehavior: CacheQueryStringBehavior.allowList('sectionId', 'limit', 'cursor'),
    // The function's answer to an origin that is not allowed is another one.
    headerBehavior: CacheHeaderBehavior.allowList('Origin'),
    cookieBehavior: CacheCookieBehavior.none(),
    enableAcceptEncodingBrotli: true,
    enableAcceptEncodingGzip: true,
  });
}

// CloudFront passes Authorization on only as part of a cache key, and has no key where nothing may
// ever be kept (a largest time of 0). So it is a second, in which nothing is kept either, since
// the function writes no-store; and what one person sees no other can, whose token is another.
export function noCache(scope: Construct): CachePolicy {
  return new CachePolicy(scope, 'NoCache', {
    comment: 'Nothing is kept; passes Authorization on',
    minTtl: Duration.seconds(0),
    defaultTtl: Duration.seconds(0),
    maxTtl: Duration.seconds(1),
    queryStringBehavior: CacheQueryStringBehavior.all(),
    headerBehavior: CacheHeaderBehavior.allowList('Authorization', 'Origin'),
    cookieBehavior: CacheCookieBehavior.none(),
  });
}

// Not Host, by which the gateway finds its API, and no cookies. A list, and not "all but Host",
// because CloudFront adds the reader's address only to a list, and overwrites forged ones then.
export function whatTheFunctionReads(scope: Construct): OriginRequestPolicy {
  return new OriginRequestPolicy(scope, 'ToTheFunction', {
    comment: 'What the function reads',
    headerBehavior: OriginRequestHeaderBehavior.allowList(
      'content-type', 'x-api-key', 'edit-token', 'idempotency-key', 'origin', 'access-control-request-method',
      'access-control-request-headers', viewerAddress
    ),
    queryStringBehavior: OriginRequestQueryStringBehavior.all(),
    cookieBehavior: OriginRequestCookieBehavior.none(),
  });
}
