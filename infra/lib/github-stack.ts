// SPDX-License-Identifier: Apache-2.0
import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { OidcProviderNative, PolicyDocument, PolicyStatement, Role, WebIdentityPrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

import { acknowledge } from './acknowledge.ts';
import { readable } from './function.ts';
import { editSecretParameter, namesIn, type Names } from './names.ts';
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
      // The template that stands, too: `cdk diff` reads it with our own rights where the role for look-ups is not ours.
      [['cloudformation:DescribeStacks', 'cloudformation:GetTemplate'], [this.stacks()]],
      [['ssm:GetParameter'], this.bootstrapVersions()],
      // The site.
      [['s3:ListBucket'], [this.siteBucket()]],
      [['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], [`${this.siteBucket()}/*`]],
      [['cloudfront:CreateInvalidation', 'cloudfront:GetInvalidation'],
        [`arn:${this.partition}:cloudfront::${this.account}:distribution/${props.distributionId}`]],
      // Back to the version before.
      [['lambda:GetAlias', 'lambda:UpdateAlias', 'lambda:ListVersionsByFunction', 'lambda:ListTags',
        'lambda:TagResource'], [api]],
      [['codedeploy:ListDeployments', 'codedeploy:GetDeployment', 'codedeploy:StopDeployment'],
        [this.formatArn({ service: 'codedeploy', resource: group })]],
      [['lambda:ListAliases'], [api]],
      // Watching a release (.github/scripts). Neither question can be asked about some alone.
      [['lambda:ListFunctions'], ['*']],
      [['cloudwatch:DescribeAlarms'], this.alarms()],
    ];
    if (props.siteKeyId !== undefined) {
      // It is written into the pages.
      const key = `arn:${this.partition}:apigateway:${this.region}::/apikeys/${props.siteKeyId}`;
      allowed.push([['apigateway:GET'], [key]]);
    }
    return [
      ...allowed.map(([actions, resources]) => new PolicyStatement({ actions, resources })),
      // Made once, and never written over: another one would end the edit tokens that are out.
      new PolicyStatement({
        actions: ['ssm:PutParameter'],
        resources: [this.editSecret()],
        conditions: { StringEquals: { 'ssm:Overwrite': 'false' } },
      }),
    ];
  }

  private regions(): string[] {
    return [...new Set([this.options.region, 'us-east-1'])];
  }

  // Not the role for look-ups: it may read everything in the account, comments and backups, too.
  private bootstrapRoles(): string[] {
    return this.regions().flatMap((region) => ['deploy', 'file-publishing'].map((duty) =>
      `arn:${this.partition}:iam::${this.account}:role/cdk-hnb659fds-${duty}-role-${this.account}-${region}`));
  }

  private bootstrapVersions(): string[] {
    const resource = 'parameter/cdk-bootstrap/hnb659fds/version';
    return this.regions().map((region) => this.formatArn({ service: 'ssm', region, resource }));
  }

  private editSecret(): string {
    return this.formatArn({ service: 'ssm', resource: `parameter${this.names.parameters}${editSecretParameter}` });
  }

  private siteBucket(): string {
    return `arn:${this.partition}:s3:::${this.names.siteBucket}`;
  }

  private stacks(): string {
    const resourceName = `Palabre-${this.options.environment}-*`;
    return this.formatArn({ service: 'cloudformation', region: '*', resource: 'stack', resourceName });
  }

  // The alarms of the region and those of the probe: a question by a prefix is one about all.
  private alarms(): string[] {
    return this.regions().map((region) => this.formatArn({ service: 'cloudwatch', region, resource: 'alarm:*' }));
  }

  private wildcards(): Record<string, string> {
    return {
      [`${this.siteBucket()}/*`]: 'The files of the site are whatever its folder holds.',
      [this.stacks()]: 'CloudFormation numbers its stacks; those of this environment, in two regions.',
      ...Object.fromEntries(this.alarms().map((arn) => [arn, 'How alarms stand, which a prefix does not narrow.'])),
      '*': 'The names of functions: a question that AWS lets nobody ask about some alone.',
    };
  }
}

const issuer = 'token.actions.githubusercontent.com';
