import { Stack } from 'aws-cdk-lib';
import { HttpAuthorizer, HttpGateway, HttpIntegration, type HttpOpenApiProps, OpenApiDefinition } from '../../../lib';
import { type Json, testApp } from '../../support/stacks';
import { bodyOf } from '../support';

/** The gateway of a document; what the test does not say is the least that is legal. */
export function gatewayOf(given: Json, props: Partial<HttpOpenApiProps> = {}) {
  const stack = new Stack(testApp(), 'Stack');
  const api = HttpGateway.fromOpenApi(stack, 'Api', {
    definition: OpenApiDefinition.fromObject(given),
    defaultIntegration: HttpIntegration.http('https://example.com/'),
    defaultAuthorizer: HttpAuthorizer.iam(),
    ...props,
  });
  return { stack, api };
}

/** The gateway of a document, its body, and the places of its warnings by kind. */
export function made(given: Json, props: Partial<HttpOpenApiProps> = {}) {
  const { stack, api } = gatewayOf(given, props);
  return { stack, body: bodyOf(stack), warnings: warningsOf(api) };
}

/** Kind of warning → the places that it names. */
export function warningsOf(api: HttpGateway): Record<string, string> {
  return Object.fromEntries(
    api.node.metadata.flatMap(({ data }) => {
      const [, message, kind] =
        /^OpenAPI definition: ([^]*) \[ack: Annotation::OpenApi-(\w+)\]$/.exec(String(data)) ?? [];
      return kind === undefined ? [] : [[kind, message.replace(/^[^]*\. At /, '')]];
    }),
  ) as Record<string, string>;
}

/** The message of the error that the document gives. */
export const errorOf = (given: Json, props: Partial<HttpOpenApiProps> = {}): string => {
  try {
    made(given, props);
  } catch (error) {
    return (error as Error).message;
  }
  return 'no error';
};
