// SPDX-License-Identifier: Apache-2.0
import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnLoggingConfiguration, CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';

import { retention } from './log-days.ts';
import type { Options } from './options.ts';
import { problemText } from './problems.ts';

interface FirewallProps {
  // CLOUDFRONT must stand in us-east-1; REGIONAL guards a stage of API Gateway.
  readonly scope: 'CLOUDFRONT' | 'REGIONAL';
  readonly name: string;
  readonly options: Options;
}

// Rules whose verdict is counted and not carried out.
//
// The firewall does not judge prose. Readers of a technical site write <script> and ../../etc/passwd
// in honest comments, which are made safe when they are shown. Every body that reaches us is a
// comment, a preview of one, or what a moderator notes about one: JSON, which only the API takes
// (the site's files know GET and HEAD). So no rule looks into bodies; all others look at addresses,
// parameters, headers and cookies as usual, of these requests too.
export const counted: Readonly<Record<string, readonly string[]>> = {
  AWSManagedRulesCommonRuleSet: [
    'SizeRestrictions_BODY', 'EC2MetaDataSSRF_BODY', 'GenericLFI_BODY', 'GenericRFI_BODY', 'CrossSiteScripting_BODY',
    // 2,048 bytes, where GET /commentaires/counts may name a hundred sections.
    'SizeRestrictions_QUERYSTRING',
  ],
  AWSManagedRulesKnownBadInputsRuleSet: ['JavaDeserializationRCE_BODY', 'Log4JRCE_BODY', 'ReactJSRCE_BODY'],
};

// A gateway sees CloudFront's addresses only, which stand in no list of bad ones.
const addressList = 'AWSManagedRulesAmazonIpReputationList';

export class Firewall extends Construct {
  readonly arn: string;

  constructor(parent: Construct, id: string, props: FirewallProps) {
    super(parent, id);
    const groups = [...Object.keys(counted), ...(props.scope === 'CLOUDFRONT' ? [addressList] : [])];
    const acl = new CfnWebACL(this, 'Acl', {
      name: props.name,
      scope: props.scope,
      defaultAction: { allow: {} },
      visibilityConfig: seenAs(props.name),
      customResponseBodies: {
        slowDown: { contentType: 'APPLICATION_JSON', content: problemText('too-many-requests') },
      },
      rules: [this.rateRule(props), ...groups.map((group, i) => managed(group, i + 1))],
    });
    this.arn = acl.attrArn;
    this.addLog(acl, props);
  }

  // Who goes beyond it hears what our own code would say.
  private rateRule({ scope, options }: FirewallProps): CfnWebACL.RuleProperty {
    // The first address of X-Forwarded-For is what the client says of itself, so that somebody who
    // knows can walk around this rule on a stage. In CloudFront nobody can.
    const behindCloudFront = {
      aggregateKeyType: 'FORWARDED_IP',
      forwardedIpConfig: { headerName: 'X-Forwarded-For', fallbackBehavior: 'NO_MATCH' },
    };
    const limit = { limit: options.wafRequests, evaluationWindowSec: 300 };
    const retryLater = [{ name: 'retry-after', value: '60' }, { name: 'cache-control', value: 'no-store' }];
    return {
      name: 'rate',
      priority: 0,
      statement: {
        rateBasedStatement: { ...limit, ...(scope === 'CLOUDFRONT' ? { aggregateKeyType: 'IP' } : behindCloudFront) },
      },
      action: {
        block: {
          customResponse: { responseCode: 429, customResponseBodyKey: 'slowDown', responseHeaders: retryLater },
        },
      },
      visibilityConfig: seenAs('rate'),
    };
  }

  // Only what was blocked or counted: of readers nothing is kept.
  private addLog(acl: CfnWebACL, { name, options }: FirewallProps): void {
    const log = new LogGroup(this, 'Log', {
      // WAF writes to groups of such names alone.
      logGroupName: `aws-waf-logs-${name}`,
      retention: retention(options.logDays),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const actions = ['BLOCK', 'COUNT', 'EXCLUDED_AS_COUNT'];
    new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: acl.attrArn,
      // Without the ":*" at the end, which log groups have in CloudFormation and not in WAF.
      logDestinationConfigs: [
        Stack.of(this).formatArn({
          service: 'logs', resource: 'log-group', resourceName: log.logGroupName,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      ],
      redactedFields: ['authorization', 'x-api-key', 'edit-token'].map((Name) => ({ singleHeader: { Name } })),
      loggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [{
          Behavior: 'KEEP',
          Requirement: 'MEETS_ANY',
          Conditions: actions.map((Action) => ({ ActionCondition: { Action } })),
        }],
      },
    });
  }
}

function managed(name: string, priority: number): CfnWebACL.RuleProperty {
  const ruleActionOverrides = (counted[name] ?? []).map((rule) => ({ name: rule, actionToUse: { count: {} } }));
  return {
    name,
    priority,
    overrideAction: { none: {} },
    statement: { managedRuleGroupStatement: { vendorName: 'AWS', name, ruleActionOverrides } },
    visibilityConfig: seenAs(name),
  };
}

function seenAs(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false };
}
