// SPDX-License-Identifier: Apache-2.0
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

import { acknowledge } from './acknowledge.ts';
import { retention } from './log-days.ts';
import type { Options } from './options.ts';

interface PalabreFunctionProps {
  readonly name: string;
  // One of names.handlers: it says which of the program's functions this is.
  readonly handler: string;
  readonly memoryMb: number;
  readonly timeout: Duration;
  readonly environment: Record<string, string>;
  // What it may do beside writing its log: exact actions on exact resources.
  readonly may: PolicyStatement[];
  readonly options: Options;
}

// One function of our program, with a log and a role of its own.
export class PalabreFunction extends Construct {
  readonly function: Function;
  readonly role: Role;
  readonly log: LogGroup;

  constructor(scope: Construct, id: string, props: PalabreFunctionProps) {
    super(scope, id);
    this.log = new LogGroup(this, 'Log', {
      logGroupName: `/aws/lambda/${props.name}`,
      retention: retention(props.options.logDays),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const streams = Stack.of(this).formatArn({
      service: 'logs', resource: `log-group:/aws/lambda/${props.name}:log-stream:*`,
    });
    this.role = new Role(this, 'Role', {
      roleName: props.name,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: {
        own: new PolicyDocument({
          statements: [
            new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [streams] }),
            ...props.may,
          ],
        }),
      },
    });
    acknowledge(this.role, `IAM5[Resource::${readable(streams)}]`, 'Lambda names the streams of its log anew each time.');
    this.function = new Function(this, 'Function', {
      functionName: props.name,
      runtime: Runtime.PROVIDED_AL2023,
      architecture: props.options.architecture === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64,
      handler: props.handler,
      code: Code.fromAsset(props.options.code),
      memorySize: props.memoryMb,
      timeout: props.timeout,
      environment: props.environment,
      role: this.role,
      logGroup: this.log,
      // The program writes JSON itself.
      loggingFormat: LoggingFormat.TEXT,
      // Else a version that was rolled back to would be gone with the next deployment.
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
    });
  }
}

// As cdk-nag writes an ARN: account, region and partition by their names.
export function readable(arn: string): string {
  return arn.replace(/\$\{Token\[AWS\.(AccountId|Region|Partition)\.\d+\]\}/g, '<AWS::$1>');
}
