import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { HttpAuthorizer, HttpGateway, HttpIntegration, OpenApiDefinition } from '../../../lib';
import { BODY_MAX_BYTES } from '../../../lib/facts/quotas';
import { sourceOf } from '../../../lib/template/reader/assembly';
import { openApiOf } from '../../../lib/template/openapi/document-of';
import { readModel } from '../../../lib/template/reader/read';
import { openApiViolations } from '../../support/openapi-schema';
import { type Json, templateOf, testApp } from '../../support/stacks';
import { bodyOf } from '../support';
import { warningsOf } from './support';

const FOLDER = join(__dirname, '..', '..', 'rest', 'openapi', 'corpus');
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];

/** What an HTTP API cannot serve, file by file: start of the path, and why. */
const REFUSED: Readonly<Record<string, readonly (readonly [path: string, why: string])[]>> = {
  'gitea.json': [
    ['/repos/{owner}/{repo}/git/commits/{sha}.{diffType}', 'a path variable must be the whole segment'],
    ['/repos/{owner}/{repo}/pulls/{index}.{diffType}', 'a path variable must be the whole segment'],
  ],
  'parameters-style.json': [
    ['/cookies#formExploded', 'has characters that a path segment cannot have'],
    ['/cookies#formNonExploded', 'has characters that a path segment cannot have'],
  ],
};

/** What is repaired. */
const REPAIRED: Readonly<Record<string, readonly string[]>> = {
  'asana.json': ['NotValidated'],
  'netbox.json': ['NotValidated', 'TrailingSlashes'],
  'parameters-style.json': ['NotValidated', 'PathStyles'],
};

const files = readdirSync(FOLDER).filter((name) => /\.(json|yaml)$/.test(name));

function gatewayOf(definition: OpenApiDefinition) {
  const stack = new Stack(testApp(), 'Stack');
  const { components = {} } = definition._document as Json;
  const schemes = Object.keys(components.securitySchemes ?? {});
  const api = HttpGateway.fromOpenApi(stack, 'Api', {
    definition,
    defaultIntegration: HttpIntegration.http('https://example.com/'),
    defaultAuthorizer: HttpAuthorizer.iam(),
    authorizers: Object.fromEntries(schemes.map((name) => [name, HttpAuthorizer.iam()])),
  });
  return { stack, api };
}

/** `GET /pets` of each operation, as an HTTP API serves it, with its operationId. */
function operationsOf(document: Json): string[] {
  return Object.entries<Json>(document.paths)
    .flatMap(([path, item]) =>
      METHODS.filter((method) => item[method]).map(
        (method) => `${method.toUpperCase()} ${path.replace(/(.)\/$/, '$1')} ${String(item[method].operationId)}`,
      ),
    )
    .sort();
}

describe.each(files)('%s', (name) => {
  const given = OpenApiDefinition.fromFile(join(FOLDER, name));
  const refused = REFUSED[name] ?? [];
  const isRefused = (path: string) => refused.some(([start]) => path.startsWith(start));

  if (refused.length > 0) {
    test('what an HTTP API cannot serve is refused, all of it at once and nothing else', () => {
      let message = '';
      try {
        gatewayOf(given);
      } catch (error) {
        ({ message } = error as Error);
      }
      const named = message.split('\n').filter((line) => line.includes('#/paths/'));
      expect(named).toHaveLength(refused.length);
      for (const [path, why] of refused) {
        const line = named.find((one) => one.includes(`#/paths/${path.replaceAll('/', '~1')} `));
        expect(line).toContain('cannot be served by an HTTP API');
        expect(line).toContain(why);
      }
    });
  }

  test('goes in and comes out with every path and operation', () => {
    const document = structuredClone(given._document) as Json;
    for (const path of Object.keys(document.paths).filter(isRefused)) delete document.paths[path];
    const { stack, api } = gatewayOf(OpenApiDefinition.fromObject(document));
    expect(JSON.stringify(bodyOf(stack)).length).toBeLessThan(BODY_MAX_BYTES);
    const sources = [sourceOf('Stack.template.json', templateOf(stack), 0)];
    const out = openApiOf(sources, readModel(sources).httpApis[0], { clean: true }) as Json;
    expect(operationsOf(out)).toEqual(operationsOf(document));
    expect(openApiViolations(out)).toEqual([]);
    expect(Object.keys(warningsOf(api))).toEqual(expect.arrayContaining(['NotValidated']));
    if (REPAIRED[name]) expect(Object.keys(warningsOf(api))).toEqual(REPAIRED[name]);
  });
});
