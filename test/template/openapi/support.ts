import { Stack } from 'aws-cdk-lib';
import {
  HttpAuthorizer,
  HttpGateway,
  HttpIntegration,
  OpenApiDefinition,
  RestAuthorizer,
  RestGateway,
  RestIntegration,
  WebAcl,
} from '../../../lib';
import { sourceOf } from '../../../lib/template/reader/assembly';
import { type ExportedOpenApi, exportedOpenApi } from '../../../lib/template/openapi/document-of';
import { readModel } from '../../../lib/template/reader/read';
import { type TemplateSource } from '../../../lib/template/reader/source';
import { type Json, templateOf, testApp } from '../../support/stacks';

export const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

export type Kind = 'rest' | 'http';

/** A template that is only an API with this document. */
export function sourcesOfBody(body: Json, kind: Kind = 'rest'): TemplateSource[] {
  const Type = kind === 'rest' ? 'AWS::ApiGateway::RestApi' : 'AWS::ApiGatewayV2::Api';
  return [sourceOf('app.json', { Resources: { Api: { Type, Properties: { Body: body } } } }, 0)];
}

export interface Exported {
  readonly id: string;
  readonly kind: Kind;
  readonly full: ExportedOpenApi;
  readonly clean: ExportedOpenApi;
}

/** The documents of all APIs whose definition is in the templates. */
export function exportsOf(sources: readonly TemplateSource[]): Exported[] {
  const { restApis, httpApis } = readModel(sources);
  return (
    [...restApis, ...httpApis]
      // Those that `apigw openapi` writes: an API of which only parts are here has no document.
      .filter(({ form, reference }) => form !== 'opaque' && !reference)
      .map((api) => ({
        id: api.location.logicalId,
        kind: api.kind === 'http' ? 'http' : 'rest',
        full: exportedOpenApi(sources, api),
        clean: exportedOpenApi(sources, api, { clean: true }),
      }))
  );
}

/** The only API of the template, as a document. */
export const exportOf = (body: Json, kind: Kind = 'rest'): Exported => exportsOf(sourcesOfBody(body, kind))[0];

/** The document in, and out again. */
export function roundTrip(document: Json, kind: Kind): Json {
  const stack = new Stack(testApp(), 'Stack');
  const definition = OpenApiDefinition.fromObject(document);
  const schemes = Object.keys(document.components?.securitySchemes ?? {});
  const by = <T>(authorizer: T): Record<string, T> => Object.fromEntries(schemes.map((name) => [name, authorizer]));
  if (kind === 'rest') {
    RestGateway.fromOpenApi(stack, 'Api', {
      definition,
      defaultIntegration: RestIntegration.mock(),
      defaultAuthorizer: RestAuthorizer.iam(),
      authorizers: by(RestAuthorizer.iam()),
      webAcl: WebAcl.none('test'),
      usagePlansElsewhere: 'test',
    });
  } else {
    HttpGateway.fromOpenApi(stack, 'Api', {
      definition,
      defaultIntegration: HttpIntegration.http('https://example.com/'),
      defaultAuthorizer: HttpAuthorizer.iam(),
      authorizers: by(HttpAuthorizer.iam()),
    });
  }
  return exportsOf([sourceOf('Stack.template.json', templateOf(stack), 0)])[0].clean.document;
}

/** What a gateway deploys of a document, by route. */
export function deployedOf(document: Json, kind: Kind): Json {
  const follow = (one: Json): Json =>
    one?.$ref === undefined
      ? one
      : follow(
          (one.$ref as string)
            .slice(2)
            .split('/')
            .reduce((here: Json, key) => here[key.replaceAll('~1', '/').replaceAll('~0', '~')], document),
        );
  const routes = Object.entries<Json>(document.paths).flatMap(([path, written]) => {
    const item = follow(written);
    return METHODS.filter((method) => item[method]).map((method) => {
      const { operationId, summary, description, parameters = [], requestBody } = item[method];
      // Those of the operation take precedence.
      const byName = [...(item.parameters ?? []), ...parameters]
        .map(follow)
        .map((one) => [`${one.in} ${one.name}`, one] as const);
      const all = [...new Map(byName).values()];
      const checked = kind === 'rest' ? isChecked : ({ in: place }: Json) => place === 'path';
      return [
        `${method} ${path.replace(/(.)\/$/, '$1')}`,
        {
          operationId,
          summary,
          description,
          parameters: all
            .filter(checked)
            .map((one) => `${one.in} ${one.name} ${one.required === true}`)
            .sort(),
          body: kind === 'rest' && method !== 'get' && method !== 'head' ? jsonOf(follow(requestBody)) : undefined,
        },
      ];
    });
  });
  return Object.fromEntries(routes);
}

/** Whether a REST API looks for the parameter. */
const isChecked = ({ in: place, name }: Json): boolean =>
  place !== 'cookie' && !/^(accept|content-type|authorization)$/i.test(name);

/** Whether a schema checks anything: `type` goes if null is possible, which models of API Gateway cannot say. */
const checksAnything = ({ type, nullable, ...more }: Json): boolean =>
  (type !== undefined && nullable !== true) || Object.keys(more).length > 0;

/** Whether there is a JSON body that can be checked. */
const jsonOf = (body: Json): boolean | undefined =>
  Object.entries<Json>(body?.content ?? {}).some(
    ([type, { schema }]) => /^application\/json$/i.test(type) && checksAnything(schema ?? {}),
  ) || undefined;

/** Out, in, out, in, out: the same routes each time, and after the first time the same document. */
export function expectRoundTrip(clean: Json, kind: Kind): Json {
  const second = roundTrip(clean, kind);
  expect(deployedOf(second, kind)).toEqual(deployedOf(clean, kind));
  expect(roundTrip(second, kind)).toEqual(second);
  return second;
}
