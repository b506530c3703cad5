import { Stack } from 'aws-cdk-lib';
import {
  OpenApiDefinition,
  RestAuthorizer,
  RestGateway,
  RestIntegration,
  type RestOpenApiProps,
  WebAcl,
} from '../../../lib';
import { bodyOf, type Json, testApp } from '../../support/stacks';

export const OK = { responses: { '200': { description: 'ok' } } };
export const JSON_BODY = (schema: Json, required = true) => ({
  requestBody: { required, content: { 'application/json': { schema } } },
  ...OK,
});

/** A document of these paths. */
export function document(paths: Json, more: Json = {}): Json {
  return { openapi: '3.0.3', info: { title: 'Pets', version: '1' }, paths, ...more };
}

/** The gateway of a document, its body, and the places of its warnings by kind. */
export function made(given: Json, props: Partial<RestOpenApiProps> = {}) {
  const stack = new Stack(testApp(), 'Stack');
  const api = RestGateway.fromOpenApi(stack, 'Api', {
    definition: OpenApiDefinition.fromObject(given),
    defaultIntegration: RestIntegration.mock(),
    defaultAuthorizer: RestAuthorizer.iam(),
    webAcl: WebAcl.none('test'),
    usagePlansElsewhere: 'test',
    ...props,
  });
  const warnings = Object.fromEntries(
    api.node.metadata.flatMap(({ data }) => {
      const [, message, kind] =
        /^OpenAPI definition: ([^]*) \[ack: Annotation::OpenApi-(\w+)\]$/.exec(String(data)) ?? [];
      return kind === undefined ? [] : [[kind, message.replace(/^[^]*\. At /, '')]];
    }),
  ) as Record<string, string>;
  return { stack, api, body: bodyOf(stack), warnings };
}

/** The message of the error that the document gives. */
export const errorOf = (given: Json, props: Partial<RestOpenApiProps> = {}): string => {
  try {
    made(given, props);
  } catch (error) {
    return (error as Error).message;
  }
  return 'no error';
};
