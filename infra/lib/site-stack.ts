// SPDX-License-Identifier: Apache-2.0
import { Annotations, CfnOutput, Duration, SecretValue, Stack, type StackProps } from 'aws-cdk-lib';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AccessLevel, AllowedMethods, CachedMethods, Distribution, Function, FunctionCode, FunctionEventType, FunctionRuntime,
  HttpVersion, PriceClass, SecurityPolicyProtocol, ViewerProtocolPolicy, type BehaviorOptions,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, OriginGroup, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { ClientAttributes, OAuthScope, UserPool, type UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { AaaaRecord, ARecord, PublicHostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { StringListParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import path from 'node:path';

import { acknowledge } from './acknowledge.ts';
import { logRequests, privateBucket, tidyUploads } from './bucket.ts';
import { noCache, readCache, siteCache, whatTheFunctionReads } from './caches.ts';
import { apiHeaders, scriptHeaders, siteHeaders } from './headers.ts';
import { missingPagePath, namesIn, type Names } from './names.ts';
import type { Options } from './options.ts';
import { apiPatterns } from './routes.ts';

interface SiteStackProps extends StackProps {
  readonly apiId: string;
  readonly userPoolId: string;
  readonly certificate?: ICertificate;
  readonly firewallArn?: string;
}

const priceClasses = {
  '100': PriceClass.PRICE_CLASS_100, '200': PriceClass.PRICE_CLASS_200, all: PriceClass.PRICE_CLASS_ALL,
};

// CloudFront would answer a reader with the failure of another one for ten seconds, whatever the
// answer says. Without a page: the API's own answer stays.
const shortErrors = [500, 502, 503, 504].map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) }));

// The one address that readers know: the site's files from a bucket, the API's paths from the gateway.
export class SiteStack extends Stack {
  readonly distribution: Distribution;
  readonly bucket: Bucket;
  readonly host: string;
  private readonly names: Names;

  constructor(
    scope: Construct, id: string, private readonly options: Options, private readonly props: SiteStackProps
  ) {
    super(scope, id, props);
    this.names = namesIn(options.environment, this.account);
    this.bucket = privateBucket(this, 'Site', this.names.siteBucket, {
      lifecycleRules: [{ id: 'replaced', noncurrentVersionExpiration: Duration.days(90) }, tidyUploads],
    });
    logRequests(this.bucket, this.names.logBucket);
    this.distribution = this.addDistribution();
    this.host = options.domain?.name ?? this.distribution.distributionDomainName;
    this.addNames();
    this.addOrigins();
    this.addSignIn();
    new CfnOutput(this, 'Address', { value: `https://${this.host}/` });
    new CfnOutput(this, 'DistributionId', { value: this.distribution.distributionId });
    new CfnOutput(this, 'SiteBucketName', { value: this.bucket.bucketName });
  }

  private addDistribution(): Distribution {
    const { options, props } = this;
    const site = this.siteBehaviour();
    const scripts = { ...site, responseHeadersPolicy: scriptHeaders(this, options) };
    const distribution = new Distribution(this, 'Distribution', {
      comment: this.names.own,
      defaultBehavior: site,
      additionalBehaviors: {
        ...this.apiBehaviours(),
        // As on our own server: other sites may load the widget as soon as one is allowed to use it.
        ...(options.allowedOrigins.length > 0 && { '*.js': scripts }),
      },
      defaultRootObject: 'index.html',
      errorResponses: shortErrors,
      httpVersion: HttpVersion.HTTP2_AND_3,
      enableIpv6: true,
      priceClass: priceClasses[options.priceClass],
      ...(props.firewallArn && { webAclId: props.firewallArn }),
      ...(options.domain && {
        domainNames: [options.domain.name],
        certificate: props.certificate!,
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      }),
    });
    Annotations.of(distribution).acknowledgeWarning(
      '@aws-cdk/aws-cloudfront-origins:listBucketSecurityRisk',
      'The root is index.html: there is a default root object, and directory-index.js.'
    );
    acknowledge(distribution, 'CFR1', 'Comments are for readers everywhere.');
    acknowledge(distribution, 'CFR3', 'Logged by the newer way, which leaves readers\' addresses out (lib/probe-stack.ts).');
    if (!props.firewallArn) {
      acknowledge(distribution, 'CFR2', 'The firewall stands at the gateway, or nowhere: options.waf.');
    }
    if (!options.domain) {
      acknowledge(distribution, 'CFR4', 'Without a domain the certificate is CloudFront\'s, and so is its policy.');
    }
    return distribution;
  }

  private siteBehaviour(): BehaviorOptions {
    // S3 tells 404 from 403 only to those who may list. Listings stay closed to readers: every address
    // that ends with / becomes that of an index page.
    const files = S3BucketOrigin.withOriginAccessControl(this.bucket, {
      originAccessLevels: [AccessLevel.READ, AccessLevel.LIST],
    });
    return {
      origin: new OriginGroup({
        primaryOrigin: files,
        fallbackOrigin: this.gatewayOrigin(`/${this.names.stage}/${missingPagePath}`),
        fallbackStatusCodes: [403, 404],
      }),
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
      cachePolicy: siteCache(this),
      compress: true,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      responseHeadersPolicy: siteHeaders(this, this.options),
      functionAssociations: [{ eventType: FunctionEventType.VIEWER_REQUEST, function: this.directoryIndex() }],
    };
  }

  private directoryIndex(): Function {
    return new Function(this, 'DirectoryIndex', {
      functionName: `${this.names.own}-directory-index`,
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromFile({ filePath: path.join(import.meta.dirname, 'functions/directory-index.js') }),
    });
  }

  private apiBehaviours(): Record<string, BehaviorOptions> {
    const common = {
      origin: this.gatewayOrigin(`/${this.names.stage}`),
      originRequestPolicy: whatTheFunctionReads(this),
      responseHeadersPolicy: apiHeaders(this, this.options),
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachedMethods: CachedMethods.CACHE_GET_HEAD,
      compress: true,
      // A key or a token must not cross the network in the clear, not even once.
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
    };
    const reads = { ...common, cachePolicy: readCache(this) };
    const uncached = { ...common, cachePolicy: noCache(this) };
    return Object.fromEntries([
      ...apiPatterns.reads.map((pattern) => [pattern, reads]),
      ...apiPatterns.uncached.map((pattern) => [pattern, uncached]),
    ]);
  }

  // The referer is the secret by which the gateway knows CloudFront; it replaces whatever a reader
  // sends (lib/api-stack.ts).
  private gatewayOrigin(originPath: string): HttpOrigin {
    const secret = SecretValue.secretsManager(this.names.edgeSecret(this.options.edgeSecret));
    const host = `${this.props.apiId}.execute-api.${this.region}.${this.urlSuffix}`;
    return new HttpOrigin(host, {
      originPath,
      // The function gives up after 10 s.
      readTimeout: Duration.seconds(15),
      customHeaders: { Referer: secret.unsafeUnwrap() },
    });
  }

  private addNames(): void {
    if (!this.options.domain) return;
    const { name: recordName, zoneId: hostedZoneId, zoneName } = this.options.domain;
    const zone = PublicHostedZone.fromHostedZoneAttributes(this, 'Zone', { hostedZoneId, zoneName });
    const target = RecordTarget.fromAlias(new CloudFrontTarget(this.distribution));
    new ARecord(this, 'IPv4', { zone, recordName, target });
    new AaaaRecord(this, 'IPv6', { zone, recordName, target });
  }

  // The function knows itself by the gateway's name, so that the site's own origin must be listed too.
  private addOrigins(): void {
    new StringListParameter(this, 'AllowedOrigins', {
      parameterName: `${this.names.parameters}comments/allowed_origins`,
      stringListValue: [`https://${this.host}`, ...this.options.allowedOrigins],
    });
  }

  // Moderators come back to the site from the page on which they sign in.
  private addSignIn(): void {
    const pool = UserPool.fromUserPoolId(this, 'People', this.props.userPoolId);
    const client: UserPoolClient = pool.addClient('SignIn', {
      userPoolClientName: this.names.own,
      generateSecret: false,
      // The second is for the terminal: only who has credentials of the account can use it.
      authFlows: { userSrp: true, adminUserPassword: true },
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL],
        callbackUrls: [`https://${this.host}/`],
        logoutUrls: [`https://${this.host}/`],
      },
      // For the audit (src/runtime/lambda/gateway_identity.cpp).
      readAttributes: new ClientAttributes().withStandardAttributes({ email: true, emailVerified: true }),
      preventUserExistenceErrors: true,
      idTokenValidity: Duration.hours(1),
      accessTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.days(7),
    });
    new CfnOutput(this, 'SignInClientId', { value: client.userPoolClientId });
    const page = `https://${this.names.signInDomain}.auth.${this.region}.amazoncognito.com/login`;
    const query = `?client_id=${client.userPoolClientId}&response_type=code&redirect_uri=https://${this.host}/`;
    new CfnOutput(this, 'SignInPage', { value: page + query });
  }
}
