// SPDX-License-Identifier: Apache-2.0
import { Stack, type StackProps } from 'aws-cdk-lib';
import { Certificate, CertificateValidation, type ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { PublicHostedZone } from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';

import { namesIn } from './names.ts';
import type { Options } from './options.ts';
import { Firewall } from './waf.ts';

// What CloudFront takes from us-east-1 alone: the certificate of its name and its firewall.
export class EdgeStack extends Stack {
  readonly certificate?: ICertificate;
  readonly firewallArn?: string;

  constructor(scope: Construct, id: string, options: Options, props: StackProps) {
    super(scope, id, props);
    const names = namesIn(options.environment, this.account);
    if (options.domain) {
      const { name, zoneId, zoneName } = options.domain;
      const zone = PublicHostedZone.fromHostedZoneAttributes(this, 'Zone', { hostedZoneId: zoneId, zoneName });
      this.certificate = new Certificate(this, 'Certificate', {
        domainName: name,
        validation: CertificateValidation.fromDns(zone),
      });
    }
    if (options.waf === 'cloudfront') {
      this.firewallArn = new Firewall(this, 'Firewall', { scope: 'CLOUDFRONT', name: names.own, options }).arn;
    }
  }

  // Without a domain and a firewall there is nothing to deploy.
  static isNeeded(options: Options): boolean {
    return options.domain !== undefined || options.waf === 'cloudfront';
  }
}
