// SPDX-License-Identifier: Apache-2.0
import { CfnElement, CfnResource, RemovalPolicy, type Resource } from 'aws-cdk-lib';

// For what holds data: it outlives its stack, and another logical id, by which CloudFormation would
// make a new and empty one, is a change that somebody has to write here (test/data.test.ts).
export function keep(resource: Resource, logicalId: string): void {
  resource.applyRemovalPolicy(RemovalPolicy.RETAIN);
  (resource.node.defaultChild as CfnElement).overrideLogicalId(logicalId);
}

// The same for a resource that has no class of its own.
export function keepPlain(resource: CfnResource, logicalId: string): void {
  resource.applyRemovalPolicy(RemovalPolicy.RETAIN);
  resource.overrideLogicalId(logicalId);
}
