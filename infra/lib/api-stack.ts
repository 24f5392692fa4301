// SPDX-License-Identifier: Apache-2.0
import { CfnOutput, Duration, RemovalPolicy, SecretValue, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AccessLogFormat, AuthorizationType, CfnAccount, CognitoUserPoolsAuthorizer, EndpointType, LambdaIntegration,
  LogGroupLogDestination, Period, RequestValidator, RestApi, type MethodOptions, type Resource,
} from 'aws-cdk-lib/aws-apigateway';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import {
  AnyPrincipal, Effect, ManagedPolicy, PolicyDocument, PolicyStatement, Role, ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import type { Alias } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';

import { acknowledge } from './acknowledge.ts';
import { PalabreFunction, readable } from './function.ts';
import { addGatewayErrors } from './gateway-errors.ts';
import { keepPlain } from './keep.ts';
import { retention } from './log-days.ts';
import { addMissingPage } from './missing-page.ts';
import { handlers, namesIn, table as tableNames, variables, viewerAddress, type Names } from './names.ts';
import type { Options } from './options.ts';
import { releaseOf } from './release.ts';
import { routes, type Route } from './routes.ts';
import { Firewall } from './waf.ts';

interface ApiStackProps extends StackProps {
  readonly userPoolArn: string;
}

// The function `api` behind API Gateway.
export class ApiStack extends Stack {
  readonly gateway: RestApi;
  // Of the key that a page sends; none with options.posting 'own-key'.
  readonly siteKeyId?: string;
  private readonly names: Names;

  constructor(scope: Construct, id: string, private readonly options: Options, props: ApiStackProps) {
    super(scope, id, props);
    this.names = namesIn(options.environment, this.account);
    const palabre = this.addFunction();
    const alias = releaseOf(this, palabre.function, this.names, options);
    this.gateway = this.addGateway();
    this.addRoutes(alias, props.userPoolArn);
    addMissingPage(this.gateway, options.missingPage);
    addGatewayErrors(this.gateway, options.allowedOrigins);
    if (options.posting === 'gateway-key') this.siteKeyId = this.addUsagePlan();
    if (options.waf === 'stage') this.addFirewall();
  }

  private addFunction(): PalabreFunction {
    const { names } = this;
    const table = this.formatArn({ service: 'dynamodb', resource: 'table', resourceName: names.table });
    const indexes = `${table}/index/*`;
    const published = `${table}/index/${tableNames.sectionIndex}`;
    const path = this.formatArn({ service: 'ssm', resource: `parameter${names.parameters.replace(/\/$/, '')}` });
    const made = new PalabreFunction(this, 'Api', {
      name: names.apiFunction,
      handler: handlers.api,
      memoryMb: 128,
      timeout: Duration.seconds(10),
      environment: {
        [variables.table]: names.table,
        [variables.parameters]: names.parameters,
        // Nobody reaches the gateway but through CloudFront, which writes this header itself.
        [variables.clientHeader]: viewerAddress,
      },
      may: [
        new PolicyStatement({
          actions: ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem']
            .map((each) => `dynamodb:${each}`),
          resources: [table],
        }),
        new PolicyStatement({ actions: ['dynamodb:Query'], resources: [indexes] }),
        // A moderator who asks for what is published anywhere: the index has just that.
        new PolicyStatement({ actions: ['dynamodb:Scan'], resources: [published] }),
        new PolicyStatement({ actions: ['ssm:GetParametersByPath'], resources: [path, `${path}/*`] }),
      ],
      options: this.options,
    });
    acknowledge(made.role, `IAM5[Resource::${readable(indexes)}]`, 'Both indexes of its own table.');
    acknowledge(made.role, `IAM5[Resource::${readable(path)}/*]`, 'The settings of this environment.');
    return made;
  }

  private addGateway(): RestApi {
    const log = new LogGroup(this, 'AccessLog', {
      logGroupName: `/aws/apigateway/${this.names.api}`,
      retention: retention(this.options.logDays),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const gateway = new RestApi(this, 'Gateway', {
      restApiName: this.names.api,
      endpointTypes: [EndpointType.REGIONAL],
      policy: this.onlyCloudFront(),
      cloudWatchRole: false,
      deployOptions: {
        stageName: this.names.stage,
        accessLogDestination: new LogGroupLogDestination(log),
        accessLogFormat: AccessLogFormat.custom(accessLine),
        metricsEnabled: true,
        throttlingRateLimit: this.options.throttle.perSecond,
        throttlingBurstLimit: this.options.throttle.burst,
      },
    });
    acknowledge(gateway, 'APIG2', 'The function judges requests and names every bad field at once; the gateway names none.');
    acknowledge(gateway.deploymentStage, 'APIG6',
      'The function writes a line for each request; the gateway would write bodies.');
    if (this.options.waf !== 'stage') {
      acknowledge(gateway.deploymentStage, 'APIG3', 'The firewall stands before CloudFront, or nowhere: options.waf.');
    }
    if (this.options.accountParts === 'create') this.addLoggingRole(gateway);
    return gateway;
  }

  // Closes the way around CloudFront, its cache, its firewall and the header that it writes.
  //
  // Not by an API key that CloudFront adds: it would stand in the place of the reader's x-api-key, so
  // that no key of ours came through, and the function would take everybody for a site that may post.
  // `aws:Referer` is the one header beside User-Agent that such a policy can see, for nothing and
  // before any code of ours; nobody here reads a Referer.
  private onlyCloudFront(): PolicyDocument {
    const secret = SecretValue.secretsManager(this.names.edgeSecret(this.options.edgeSecret)).unsafeUnwrap();
    const everything = {
      principals: [new AnyPrincipal()],
      actions: ['execute-api:Invoke'],
      resources: ['execute-api:/*'],
    };
    return new PolicyDocument({
      statements: [
        new PolicyStatement(everything),
        new PolicyStatement({
          ...everything,
          effect: Effect.DENY,
          conditions: { StringNotEquals: { 'aws:Referer': secret } },
        }),
      ],
    });
  }

  // Without it no stage of this account and region can write an access log, and its deployment fails.
  private addLoggingRole(gateway: RestApi): void {
    const policy = 'service-role/AmazonAPIGatewayPushToCloudWatchLogs';
    const role = new Role(this, 'LoggingRole', {
      assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName(policy)],
    });
    acknowledge(role, `IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${policy}]`,
      'What AWS says the gateway needs; it serves the whole account.');
    keepPlain(role.node.defaultChild as never, 'GatewayLoggingRole');
    const account = new CfnAccount(this, 'GatewayAccount', { cloudWatchRoleArn: role.roleArn });
    account.applyRemovalPolicy(RemovalPolicy.RETAIN);
    gateway.deploymentStage.node.addDependency(account);
  }

  private addRoutes(alias: Alias, userPoolArn: string): void {
    // One permission for all routes: one for each would outgrow the policy of the function.
    const integration = new LambdaIntegration(alias, { scopePermissionToMethod: false });
    const authorizer = new CognitoUserPoolsAuthorizer(this, 'SignedIn', {
      cognitoUserPools: [UserPool.fromUserPoolArn(this, 'People', userPoolArn)],
      // A token that has run out is refused at once. Groups stand in the token: who loses one keeps it
      // until then, an hour at most.
      resultsCacheTtl: Duration.seconds(0),
    });
    const validator = new RequestValidator(this, 'Parameters', { restApi: this.gateway, validateRequestParameters: true });
    const allowed: Record<Route['opens'], MethodOptions> = {
      everybody: { authorizationType: AuthorizationType.NONE },
      key: { authorizationType: AuthorizationType.NONE, apiKeyRequired: this.options.posting === 'gateway-key' },
      person: { authorizationType: AuthorizationType.COGNITO, authorizer },
    };
    const add = (to: Resource, verb: string, route: Route) => {
      const needed = route.needs && {
        requestValidator: validator,
        requestParameters: Object.fromEntries(route.needs.map((name) => [`method.request.querystring.${name}`, true])),
      };
      const method = to.addMethod(verb, integration, { ...allowed[route.opens], ...needed });
      if (route.opens === 'person') return;
      for (const rule of verb === 'OPTIONS' ? ['APIG4'] : ['APIG4', 'COG4']) {
        acknowledge(method, rule, 'Readers and authors of comments need no account; the function asks for keys and tokens.');
      }
    };
    for (const route of routes) {
      const resource = this.gateway.root.resourceForPath(route.path);
      add(resource, route.method, route);
      // As our server: HEAD where there is GET.
      if (route.method === 'GET') add(resource, 'HEAD', route);
    }
    // A browser asks before it sends a key or a token from another site, without either; the function
    // knows which origins are allowed.
    for (const path of new Set(routes.map((route) => route.path))) {
      add(this.gateway.root.resourceForPath(path), 'OPTIONS', { path, method: 'GET', opens: 'everybody' });
    }
  }

  // What stands in the page for everybody to read, and still counts and slows down who uses it.
  private addUsagePlan(): string {
    const { perSecond, burst, perDay } = this.options.posts;
    const plan = this.gateway.addUsagePlan('Posts', {
      name: this.names.apiKey,
      throttle: { rateLimit: perSecond, burstLimit: burst },
      quota: { limit: perDay, period: Period.DAY },
      apiStages: [{ api: this.gateway, stage: this.gateway.deploymentStage }],
    });
    const key = this.gateway.addApiKey('SiteKey', { apiKeyName: this.names.apiKey });
    plan.addApiKey(key);
    new CfnOutput(this, 'SiteKeyId', { value: key.keyId, description: 'aws apigateway get-api-key --include-value' });
    return key.keyId;
  }

  private addFirewall(): void {
    const firewall = new Firewall(this, 'Firewall', { scope: 'REGIONAL', name: this.names.own, options: this.options });
    new CfnWebACLAssociation(this, 'Guarded', {
      webAclArn: firewall.arn,
      resourceArn: this.gateway.deploymentStage.stageArn,
    });
  }
}

// A line of the access log: no address and no words of a reader. `request` is the request_id of the
// function's own line.
const accessLine = JSON.stringify({
  request: '$context.requestId',
  time: '$context.requestTime',
  method: '$context.httpMethod',
  route: '$context.resourcePath',
  status: '$context.status',
  bytes: '$context.responseLength',
  ms: '$context.responseLatency',
  functionStatus: '$context.integration.status',
  functionMs: '$context.integration.latency',
  error: '$context.error.responseType',
});
