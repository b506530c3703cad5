import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { OpenApiDefinition, RestAuthorizer, RestGateway, RestIntegration, WebAcl } from '../../../lib';
import { BODY_MAX_BYTES } from '../../../lib/facts/quotas';
import { sourceOf } from '../../../lib/template/reader/assembly';
import { openApiOf } from '../../../lib/template/openapi/document-of';
import { readModel } from '../../../lib/template/reader/read';
import { openApiViolations } from '../../support/openapi-schema';
import { bodyOf, type Json, templateOf, testApp } from '../../support/stacks';

const FOLDER = join(__dirname, 'corpus');
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];

/** What a REST API cannot serve, file by file: start of the path, and why. */
const REFUSED: Readonly<Record<string, readonly (readonly [path: string, why: string])[]>> = {
  'gitea.json': [
    ['/repos/{owner}/{repo}/git/commits/{sha}.{diffType}', 'a path variable must be the whole segment'],
    ['/repos/{owner}/{repo}/pulls/{index}.{diffType}', 'a path variable must be the whole segment'],
    ['/repos/{template_owner}/', '"{template_owner}" and "{owner}" are two path variables under "/repos"'],
  ],
  'parameters-style.json': [
    ['/cookies#formExploded', 'has characters that a path segment cannot have'],
    ['/cookies#formNonExploded', 'has characters that a path segment cannot have'],
  ],
  'twilio_video_v1.json': [
    ['/v1/Rooms/{RoomSid}/Participants/{Sid}', '"{Sid}" and "{ParticipantSid}" are two path variables'],
    ['/v1/Rooms/{Sid}', '"{Sid}" and "{RoomSid}" are two path variables'],
  ],
};

/** What is repaired, where that has been looked at by hand. */
const REPAIRED: Readonly<Record<string, readonly string[]>> = {
  'asana.json': ['Annotations', 'BodyType', 'Nullable', 'OptionalBody', 'ReadOnly', 'RefSiblings'],
  'netbox.json': ['Annotations', 'Formats', 'Nullable', 'ReadOnly', 'TrailingSlashes'],
  'parameters-style.json': ['BodyType', 'Cookies', 'PathStyles', 'QueryObjects'],
  'schema-circular.json': ['BodyType', 'HeadersOfHttp', 'OptionalBody'],
};

const files = readdirSync(FOLDER).filter((name) => /\.(json|yaml)$/.test(name));

function gatewayOf(definition: OpenApiDefinition) {
  const stack = new Stack(testApp(), 'Stack');
  const { components = {} } = definition._document as Json;
  const api = RestGateway.fromOpenApi(stack, 'Api', {
    definition,
    defaultIntegration: RestIntegration.mock(),
    defaultAuthorizer: RestAuthorizer.iam(),
    authorizers: Object.fromEntries(
      Object.keys(components.securitySchemes ?? {}).map((name) => [name, RestAuthorizer.iam()]),
    ),
    webAcl: WebAcl.none('test'),
  });
  return { stack, api };
}

/** `GET /pets` of each operation, as a REST API serves it. */
function keysOf(document: Json): string[] {
  const keys = Object.entries<Json>(document.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => `${method.toUpperCase()} ${path.replace(/(.)\/$/, '$1')}`),
  );
  return keys.sort();
}

test('the corpus is there', () => {
  expect(files.length).toBeGreaterThanOrEqual(10);
  const sizes = files.map(
    (name) => Object.keys((OpenApiDefinition.fromFile(join(FOLDER, name))._document as Json).paths).length,
  );
  expect(sizes.filter((paths) => paths > 100).length).toBeGreaterThanOrEqual(3);
});

describe.each(files)('%s', (name) => {
  const given = OpenApiDefinition.fromFile(join(FOLDER, name));
  const refused = REFUSED[name] ?? [];
  const isRefused = (path: string) => refused.some(([start]) => path.startsWith(start));

  if (refused.length > 0) {
    test('what a REST API cannot serve is refused, all of it at once', () => {
      let message = '';
      try {
        gatewayOf(given);
      } catch (error) {
        ({ message } = error as Error);
      }
      for (const [path, why] of refused) {
        const place = `#/paths/${path.replaceAll('~', '~0').replaceAll('/', '~1')}`;
        const line = message.split('\n').find((one) => one.includes(place));
        expect(line).toContain('cannot be served by a REST API');
        expect(line).toContain(why);
      }
      const named = message.split('\n').filter((line) => line.includes('#/paths/'));
      expect(named.filter((line) => !refused.some(([path]) => line.includes(path.replaceAll('/', '~1'))))).toEqual([]);
    });
  }

  test('goes in and comes out with every path and operation', () => {
    const document = structuredClone(given._document) as Json;
    for (const path of Object.keys(document.paths).filter(isRefused)) delete document.paths[path];
    const { stack, api } = gatewayOf(OpenApiDefinition.fromObject(document));
    const template = templateOf(stack);
    expect(JSON.stringify(bodyOf(stack)).length).toBeLessThan(BODY_MAX_BYTES);
    const sources = [sourceOf('Stack.template.json', template, 0)];
    const out = openApiOf(sources, readModel(sources).restApis[0], { clean: true }) as Json;
    expect(keysOf(out)).toEqual(keysOf(document));
    expect(openApiViolations(out)).toEqual([]);
    const operationIds = (one: Json) =>
      Object.values<Json>(one.paths).flatMap((item) => METHODS.flatMap((method) => item[method]?.operationId ?? []));
    expect(operationIds(out).sort()).toEqual(operationIds(document).sort());
    const warnings = api.node.metadata.flatMap(
      ({ data }) => /\[ack: Annotation::OpenApi-(\w+)\]/.exec(String(data))?.[1] ?? [],
    );
    if (REPAIRED[name]) expect(warnings).toEqual(REPAIRED[name]);
  });
});
