// SPDX-License-Identifier: Apache-2.0
import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { OidcProviderNative, PolicyDocument, PolicyStatement, Role, WebIdentityPrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

import { acknowledge } from './acknowledge.ts';
import { readable } from './function.ts';
import { namesIn, type Names } from './names.ts';
import type { Options } from './options.ts';

interface GithubStackProps extends StackProps {
  readonly distributionId: string;
  // Of the key that stands in the site's pages; none when posting asks for none.
  readonly siteKeyId?: string;
}

// What a workflow of the repository becomes when GitHub vouches for it. No secret is kept there.
export class GithubStack extends Stack {
  private readonly names: Names;

  constructor(
    scope: Construct, id: string, private readonly options: Options, private readonly props: GithubStackProps
  ) {
    super(scope, id, props);
    this.names = namesIn(options.environment, this.account);
    const role = new Role(this, 'Deployer', {
      roleName: this.names.githubRole,
      // Of this repository, and only in jobs of this environment, which GitHub can guard by an approval.
      assumedBy: new WebIdentityPrincipal(this.provider(), {
        StringEquals: {
          [`${issuer}:aud`]: 'sts.amazonaws.com',
          [`${issuer}:sub`]: `repo:${options.github}:environment:${options.environment}`,
        },
      }),
      inlinePolicies: { own: new PolicyDocument({ statements: this.statements() }) },
    });
    for (const [arn, why] of Object.entries(this.wildcards())) {
      acknowledge(role, `IAM5[Resource::${readable(arn)}]`, why);
    }
    new CfnOutput(this, 'RoleArn', { value: role.roleArn });
  }

  private provider(): string {
    if (this.options.accountParts === 'existing') {
      return this.formatArn({ service: 'iam', region: '', resource: 'oidc-provider', resourceName: issuer });
    }
    const made = new OidcProviderNative(this, 'GitHub', {
      url: `https://${issuer}`,
      clientIds: ['sts.amazonaws.com'],
    });
    made.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return made.oidcProviderArn;
  }

  private statements(): PolicyStatement[] {
    const { names, props } = this;
    const api = this.formatArn({ service: 'lambda', resource: `function:${names.apiFunction}` });
    const group = `deploymentgroup:${names.deploymentApplication}/${names.apiFunction}`;
    const allowed: [string[], string[]][] = [
      // CloudFormation and its assets, by the roles that `cdk bootstrap` made for that.
      [['sts:AssumeRole'], this.bootstrapRoles()],
      [['cloudformation:DescribeStacks'], [this.stacks()]],
      // The site.
      [['s3:ListBucket'], [this.siteBucket()]],
      [['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], [`${this.siteBucket()}/*`]],
      [['cloudfront:CreateInvalidation', 'cloudfront:GetInvalidation'],
        [`arn:${this.partition}:cloudfront::${this.account}:distribution/${props.distributionId}`]],
      // Back to the version before.
      [['lambda:GetAlias', 'lambda:UpdateAlias', 'lambda:ListVersionsByFunction'], [api]],
      [['codedeploy:ListDeployments', 'codedeploy:GetDeployment', 'codedeploy:StopDeployment'],
        [this.formatArn({ service: 'codedeploy', resource: group })]],
      [['cloudwatch:DescribeAlarms'], [this.alarms()]],
    ];
    if (props.siteKeyId !== undefined) {
      // It is written into the pages.
      const key = `arn:${this.partition}:apigateway:${this.region}::/apikeys/${props.siteKeyId}`;
      allowed.push([['apigateway:GET'], [key]]);
    }
    return allowed.map(([actions, resources]) => new PolicyStatement({ actions, resources }));
  }

  private bootstrapRoles(): string[] {
    const regions = [...new Set([this.options.region, 'us-east-1'])];
    return regions.flatMap((region) => ['deploy', 'file-publishing'].map((duty) =>
      `arn:${this.partition}:iam::${this.account}:role/cdk-hnb659fds-${duty}-role-${this.account}-${region}`));
  }

  private siteBucket(): string {
    return `arn:${this.partition}:s3:::${this.names.siteBucket}`;
  }

  private stacks(): string {
    const resourceName = `Palabre-${this.options.environment}-*`;
    return this.formatArn({ service: 'cloudformation', region: '*', resource: 'stack', resourceName });
  }

  private alarms(): string {
    return this.formatArn({ service: 'cloudwatch', resource: `alarm:${this.names.own}-*` });
  }

  private wildcards(): Record<string, string> {
    return {
      [`${this.siteBucket()}/*`]: 'The files of the site are whatever its folder holds.',
      [this.stacks()]: 'CloudFormation adds a number to the name of a stack; those of this environment, in two regions.',
      [this.alarms()]: 'The alarms of this environment.',
    };
  }
}

const issuer = 'token.actions.githubusercontent.com';
