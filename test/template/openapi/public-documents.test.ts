import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openApiProblems } from '../../support/openapi-oracle';
import { openApiViolations } from '../../support/openapi-schema';
import { type Json } from '../../support/stacks';
import { deployedOf, expectRoundTrip, exportOf, type Kind } from './support';

const ROOT = dirname(require.resolve('@readme/oas-examples/package.json'));
const FOLDERS = ['2.0/json', '3.0/json', '3.0/json/openapi-workshop', '3.1/json'];

/** What OpenAPI 3.0 cannot express. */
const LOST: Readonly<Record<string, readonly string[]>> = {
  '3.0/json/response-http-behavior.json': [
    '#/paths/~1cache/get/security/0/api_key',
    '#/paths/~1status~1204/get/security/0/api_key',
    '#/paths/~1status~1302/get/security/0/api_key',
  ],
  '3.1/json/schema-validation-top-level.json': ['#/jsonSchemaDialect'],
  '3.1/json/security.json': [
    '#/components/securitySchemes/mutualTLS',
    '#/paths/~1anything~1mutualTLS/post/security/0/mutualTLS',
  ],
  '3.1/json/train-travel.json': ['#/info/license/identifier', '#/webhooks'],
  '3.1/json/webhooks.json': ['#/webhooks'],
};

/** What no gateway takes: a path that API Gateway does not have, or no path at all. */
const REFUSED: Readonly<Record<string, string>> = {
  '3.0/json/parameters-common.json': 'the path variable "{id}" is in the path twice',
  '3.0/json/parameters-style.json': '"cookies#formExploded" has characters that a path segment cannot have',
  '3.0/json/openapi-workshop/title.json': 'has no route',
  '3.1/json/parameters-style.json': '"cookies#formExploded" has characters that a path segment cannot have',
  '3.1/json/webhooks.json': 'has no route',
};

const files = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.json'))
    .map((name) => `${folder}/${name}`),
);
const read = (file: string): Json => JSON.parse(readFileSync(join(ROOT, file), 'utf8'));

test('the documents are there', () => {
  expect(files.length).toBeGreaterThanOrEqual(70);
});

test.each(files)('%s is valid as the definition of a REST API, and comes back', async (file) => {
  const { full, clean } = exportOf(read(file));
  expect(clean.losses.map(({ place }) => place).sort()).toEqual(LOST[file] ?? []);
  expect(openApiViolations(full.document)).toEqual([]);
  expect(await openApiProblems(clean.document)).toEqual([]);
  expectTrip(file, clean.document, 'rest');
});

test.each(files.filter((file) => !file.startsWith('3.1')))('%s is valid as that of an HTTP API', (file) => {
  const { clean } = exportOf(read(file), 'http');
  expect(openApiViolations(clean.document)).toEqual([]);
  expectTrip(file, clean.document, 'http');
});

function expectTrip(file: string, clean: Json, kind: Kind): void {
  if (REFUSED[file] === undefined) expectRoundTrip(clean, kind);
  else expect(() => expectRoundTrip(clean, kind)).toThrow(REFUSED[file]);
}

test.each(files.filter((file) => file.startsWith('3.0')))('%s keeps every route, with what it says', (file) => {
  const given = read(file);
  const kept = (document: Json) => JSON.parse(JSON.stringify(deployedOf(document, 'rest')));
  expect(kept(exportOf(given).full.document)).toEqual(kept(given));
});
