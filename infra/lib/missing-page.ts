// SPDX-License-Identifier: Apache-2.0
import { MockIntegration, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import fs from 'node:fs';

import { acknowledge } from './acknowledge.ts';
import { missingPagePath } from './names.ts';

// Readers of an address that the bucket does not have get the site's own 404 page. CloudFront's
// `errorResponses` would do that for the API's 404 as well, and put a page into the place of its JSON;
// so the bucket has a stand-in for what it is missing (lib/site-stack.ts): this answer of the gateway,
// which runs no code.
export function addMissingPage(api: RestApi, file: string): void {
  const integration = new MockIntegration({
    requestTemplates: { 'application/json': '{"statusCode": 404}' },
    integrationResponses: [{
      statusCode: '404',
      responseTemplates: { 'text/html': asTemplate(fs.readFileSync(file, 'utf8')) },
      responseParameters: {
        'method.response.header.Content-Type': "'text/html; charset=utf-8'",
        // Whoever looks for holes asks for one address after the other; a page that is missing now
        // may be published in a minute.
        'method.response.header.Cache-Control': "'public, max-age=60'",
      },
    }],
  });
  const resource = api.root.addResource(missingPagePath).addProxy({ anyMethod: false });
  for (const verb of ['GET', 'HEAD']) {
    const method = resource.addMethod(verb, integration, {
      methodResponses: [{
        statusCode: '404',
        responseParameters: {
          'method.response.header.Content-Type': true,
          'method.response.header.Cache-Control': true,
        },
      }],
    });
    for (const rule of ['APIG4', 'COG4']) acknowledge(method, rule, 'A page that says that there is none.');
  }
}

// The gateway reads a template of VTL, where # and $ begin something. HTML has names for both, in
// texts and in attributes, after which there is nothing left to interpret.
export function asTemplate(html: string): string {
  if (/<(script|style)\b/i.test(html)) {
    throw new Error('missingPage has a <script> or <style>, in which # and $ cannot be written as &num; and &dollar;');
  }
  return html.replaceAll('#', '&num;').replaceAll('$', '&dollar;');
}
