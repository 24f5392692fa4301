// SPDX-License-Identifier: Apache-2.0
import { CloudFormationValidatePlugin, Validations, type App } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import fs from 'node:fs';
import path from 'node:path';

// What every synthesis is judged by: cdk-nag, the schemas of CloudFormation and our own rules.
export function addChecks(app: App): void {
  const rules = path.join(import.meta.dirname, '../rules.guard');
  Validations.of(app).addPlugins(
    new AwsSolutionsChecks(app),
    new CloudFormationValidatePlugin({
      guardRules: [{ name: 'palabre', content: fs.readFileSync(rules, 'utf8') }],
    })
  );
}
