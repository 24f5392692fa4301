// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import {
  HeadersReferrerPolicy, ResponseHeadersPolicy, type ResponseSecurityHeadersBehavior,
} from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';

import type { Options } from './options.ts';

// What our own server sends with every file of the site (src/site/static_site.cpp);
// test/site.test.ts compares.
export function siteHeaders(scope: Construct, options: Options): ResponseHeadersPolicy {
  return new ResponseHeadersPolicy(scope, 'SiteHeaders', {
    comment: 'As palabre serve',
    securityHeadersBehavior: security(options),
    customHeadersBehavior: { customHeaders: custom },
  });
}

// Of scripts that pages of other sites may load.
export function scriptHeaders(scope: Construct, options: Options): ResponseHeadersPolicy | undefined {
  if (options.allowedOrigins.length === 0) return undefined;
  const shared = { header: 'access-control-allow-origin', value: '*', override: true };
  return new ResponseHeadersPolicy(scope, 'ScriptHeaders', {
    comment: 'As palabre serve, for any page',
    securityHeadersBehavior: security(options),
    customHeadersBehavior: { customHeaders: [...custom, shared] },
  });
}

// The function sends the rest itself.
export function apiHeaders(scope: Construct, options: Options): ResponseHeadersPolicy {
  const { strictTransportSecurity, contentTypeOptions } = security(options);
  return new ResponseHeadersPolicy(scope, 'ApiHeaders', {
    comment: 'Beside those of the function',
    securityHeadersBehavior: { strictTransportSecurity, contentTypeOptions },
  });
}

const custom = [
  {
    header: 'permissions-policy',
    value: 'camera=(), geolocation=(), microphone=(), browsing-topics=()',
    override: true,
  },
  { header: 'cross-origin-opener-policy', value: 'same-origin', override: true },
];

function security(options: Options): ResponseSecurityHeadersBehavior {
  const accessControlMaxAge = Duration.seconds(options.hstsSeconds);
  return {
    contentSecurityPolicy: { contentSecurityPolicy: options.contentSecurityPolicy, override: true },
    contentTypeOptions: { override: true },
    referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN, override: true },
    strictTransportSecurity: { accessControlMaxAge, includeSubdomains: false, override: true },
  };
}
