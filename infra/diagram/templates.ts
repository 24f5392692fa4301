// SPDX-License-Identifier: Apache-2.0
import fs from 'node:fs';
import path from 'node:path';

// The synthesised templates of one environment, and what in them speaks of what.

export interface Resource {
  readonly key: string;
  readonly stack: string;
  readonly type: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as loose as CloudFormation
  readonly properties: any;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly updatePolicy?: any;
}

interface Template {
  readonly Resources: Record<string, { Type: string; Properties?: object; UpdatePolicy?: object }>;
  readonly Outputs?: Record<string, { Value: unknown }>;
}

// Names that stand in other templates as plain text; such as are unlike any other name.
const names: Readonly<Record<string, string>> = {
  'AWS::S3::Bucket': 'BucketName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::SecretsManager::Secret': 'Name',
  'AWS::Route53::RecordSet': 'Name',
};

export class Templates {
  readonly resources: readonly Resource[];
  private readonly outputs = new Map<string, unknown>();
  private readonly named: readonly { key: string; pattern: RegExp }[];

  constructor(folder: string, environment: string) {
    const own = (file: string) => file.startsWith(`Palabre-${environment}-`) && file.endsWith('.template.json');
    this.resources = fs.readdirSync(folder).filter(own).sort().flatMap((file) => {
      const stack = file.replace('.template.json', '');
      const template = JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')) as Template;
      for (const [name, { Value }] of Object.entries(template.Outputs ?? {})) this.outputs.set(`${stack}/${name}`, Value);
      return Object.entries(template.Resources).map(([id, each]) => ({
        key: `${stack}/${id}`, stack, type: each.Type, properties: each.Properties ?? {}, updatePolicy: each.UpdatePolicy,
      }));
    });
    this.named = this.resources.filter(({ type }) => type in names).map(({ key, type, properties }) => ({
      key, pattern: wholly(textOf(properties[names[type]!]).replace(/\.$/, '')),
    }));
  }

  of(type: string): readonly Resource[] {
    return this.resources.filter((each) => each.type === type);
  }

  // The one resource that a value speaks of.
  the(value: unknown, stack: string): Resource {
    const keys = this.spokenOf(value, stack);
    const found = this.resources.filter(({ key }) => keys.has(key));
    if (found.length !== 1) throw new Error(`${textOf(value)} in ${stack} speaks of ${found.length} resources`);
    return found[0]!;
  }

  // The keys of all resources that a value in a template of `stack` speaks of: by reference, through
  // an output of another stack, or by name.
  spokenOf(value: unknown, stack: string): Set<string> {
    if (typeof value === 'string') return new Set(this.named.filter(({ pattern }) => pattern.test(value)).map(({ key }) => key));
    if (value === null || typeof value !== 'object') return new Set();
    if ('Ref' in value) return new Set([`${stack}/${value.Ref}`]);
    if ('Fn::GetAtt' in value) return new Set([`${stack}/${(value['Fn::GetAtt'] as string[])[0]}`]);
    if ('Fn::GetStackOutput' in value) {
      const { StackName, OutputName } = value['Fn::GetStackOutput'] as { StackName: string; OutputName: string };
      return this.spokenOf(this.outputs.get(`${StackName}/${OutputName}`), StackName);
    }
    const inside = Object.values(value).flatMap((each) => [...this.spokenOf(each, stack)]);
    if ('Fn::Join' in value) inside.push(...this.spokenOf(textOf(value), stack));
    return new Set(inside);
  }
}

// A value as one text; references are written as ${…}, which no name contains by itself.
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(textOf).join(' ');
  if (value === null || typeof value !== 'object') return String(value);
  const [kind, of] = Object.entries(value)[0] ?? ['', ''];
  if (kind === 'Fn::Join') return (of[1] as unknown[]).map(textOf).join(of[0] as string);
  return kind === 'Ref' ? `\${${of}}` : `\${${kind}}`;
}

// The name, but not where it is the beginning or the end of a longer one.
function wholly(name: string): RegExp {
  const literal = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\w-])${literal}(?![\\w-])`);
}
