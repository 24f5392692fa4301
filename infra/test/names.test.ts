// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';

import { editSecretParameter, groups, handlers, metrics, table, variables, viewerAddress } from '../lib/names.ts';
import { apiPatterns } from '../lib/routes.ts';
import { source } from './world.ts';

// `inline constexpr std::string_view NAME = "VALUE";`
function constants(file: string): Record<string, string> {
  const found = source(file).matchAll(/constexpr std::string_view (\w+)\s*=\s*"([^"]*)"/g);
  return Object.fromEntries([...found].map(([, name, value]) => [name, value]));
}

test('the table is called as store/dynamodb calls it', () => {
  const theirs = constants('src/store/dynamodb/table.hpp');
  expect(table).toEqual({
    name: theirs.default_table,
    sectionIndex: theirs.section_index,
    queueIndex: theirs.queue_index,
    id: theirs.id,
    section: theirs.section_id,
    timestamp: theirs.timestamp,
    queue: theirs.queue,
    expires: theirs.expires,
  });
});

test('variables, handlers and parameters are called as the function calls them', () => {
  const theirs = constants('src/home/function/names.hpp');
  expect(variables).toEqual({
    parameters: theirs.parameters_variable,
    table: theirs.table_variable,
    clientHeader: theirs.client_header_variable,
    backupPlace: theirs.backup_place_variable,
    sitePlace: theirs.site_place_variable,
  });
  expect(handlers).toEqual({ api: theirs.api_handler, backup: theirs.backup_handler });
  expect(editSecretParameter).toBe(theirs.edit_secret_parameter);
  expect(source('src/home/function/names.hpp')).toContain(`"${viewerAddress}"`);
});

test('groups are called as the gateway\'s identity has them', () => {
  const theirs = constants('src/runtime/lambda/gateway_identity.hpp');
  expect(groups).toEqual({ moderators: theirs.moderator_group, admins: theirs.admin_group });
});

test('metrics are called as the program writes them', () => {
  expect(metrics.namespace).toBe(constants('src/log/embedded_metrics.hpp').metric_namespace);
  const { namespace, route, ...written } = metrics;
  const lines = source('src/log/metric_line.cpp') + source('src/log/backup_line.cpp');
  for (const name of Object.values(written)) expect(lines).toContain(`{"${name}", "`);
  expect(lines).toContain(`{"${route}", of.route}`);
});

test('CloudFront gives the gateway what http::api owns, and nothing else', () => {
  const { comments_path: comments, moderation_prefix: moderation } = {
    ...constants('src/http/comment_json.hpp'), ...constants('src/http/comment_routes.hpp'),
    ...constants('src/http/moderation_routes.hpp'),
  };
  const { health_path: health, contract_path: contract } = constants('src/http/api.cpp');
  const expected = [comments, `${comments}/*`, `${moderation}*`, health, contract];
  expect([...apiPatterns.reads, ...apiPatterns.uncached].sort()).toEqual(expected.sort());
});
