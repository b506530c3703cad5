import { Aws, type Duration } from 'aws-cdk-lib';
import { show } from '../../authoring/errors';
import { type CallScope, type ServiceCall } from '../../integrations/services/call';
import { type RestBindIntegration, type RestBoundIntegration, type RestIntegrationContext } from '../binding';
import { type TextOnly } from '../content-handling';
import { type RequestParameter } from '../request';
import { renderReplies, REST_STYLE } from './replies';
import { integrationTimeout } from './timeout';
import { RestTemplate } from './velocity';

/**
 * What all integrations with AWS services take.
 */
export interface RestServiceIntegrationOptions {
  /**
   * Content types of the request that are taken; any other is answered 415. A request that names none counts as
   * `application/json`.
   *
   * @default ['application/json']
   */
  readonly contentTypes?: string[];

  /**
   * How long API Gateway waits for the service. 50 ms to 29 s; more on a Regional API whose quota was raised.
   *
   * @default Duration.seconds(29)
   */
  readonly timeout?: Duration;
}

/** A call, with what it reads of the request. */
export interface RestServiceCall extends ServiceCall {
  readonly parameters: readonly RequestParameter[];
}

/** Binds a call that other kinds of gateways make in the same way. */
export function bindCall(
  options: RestServiceIntegrationOptions,
  make: (scope: CallScope) => ServiceCall,
): RestBindIntegration {
  return (context) => {
    const template = new RestTemplate(context);
    const { owner, stack } = context;
    const call = make({ owner, stack, template, style: REST_STYLE });
    return serviceIntegration(context, options, { ...call, parameters: template.parameters });
  };
}

export function serviceIntegration(
  context: RestIntegrationContext,
  options: RestServiceIntegrationOptions,
  call: RestServiceCall,
): RestBoundIntegration {
  const { responses, declared, textOnly } = renderReplies(call.replies, context.cors);
  const types = call.template === undefined ? [] : contentTypes(options, context);
  return {
    extension: {
      type: 'aws',
      httpMethod: call.httpMethod ?? 'POST',
      uri: `arn:${Aws.PARTITION}:apigateway:${call.region}:${call.target}`,
      credentials: context.grantService(call.role, call.grants),
      // Bytes go through where there is no template; where there is one, nothing goes past it.
      passthroughBehavior: call.template === undefined ? 'when_no_templates' : 'never',
      requestParameters: call.mappings && Object.keys(call.mappings).length > 0 ? call.mappings : undefined,
      requestTemplates:
        call.template === undefined ? undefined : Object.fromEntries(types.map((type) => [type, call.template])),
      timeoutInMillis: integrationTimeout(options.timeout, false, context),
      responses,
    },
    responses: declared,
    parameters: call.parameters,
    textOnly: [
      ...textOnly,
      ...(call.template === undefined ? [] : [readBody(types)]),
      ...(call.template !== undefined && readsResponse(call) ? [READ_RESPONSE] : []),
    ],
  };
}

function contentTypes(options: RestServiceIntegrationOptions, context: RestIntegrationContext): readonly string[] {
  const { owner } = context;
  const types = options.contentTypes ?? ['application/json'];
  if (types.length === 0)
    throw owner.error('contentTypes is empty, so every request would be answered 415; name one, or leave it out');
  for (const type of types) checkTemplateType(type, 'contentTypes', context);
  return types;
}

const readBody = (types: readonly string[]): TextOnly => ({
  types,
  problem: (type) =>
    `a template reads the body, and binaryMediaTypes of the gateway makes "${type}" bytes, which no template can read: the response would be a 500. ` +
    'Name the binary types one by one, e.g. binaryMediaTypes: ["image/png"]',
});

const readsResponse = ({ replies }: RestServiceCall): boolean =>
  replies.some(({ template }) => template?.includes('$input'));

/** The types that JSON services respond with, and the others when API Gateway asks them for JSON. */
const READ_RESPONSE: TextOnly = {
  types: ['application/json', 'application/x-amz-json-1.0', 'application/x-amz-json-1.1'],
  problem: (type) =>
    `a template reads the response of the service, and binaryMediaTypes of the gateway makes "${type}" bytes, which no template can read. ` +
    'Name the binary types one by one, e.g. binaryMediaTypes: ["image/png"]',
};

/** @throws where the text is no media type */
export function checkTemplateType(type: string, where: string, { owner }: RestIntegrationContext): void {
  if (!/^[a-z0-9][\w.+-]*\/[\w.+-]+$/i.test(type)) {
    throw owner.error(
      `${where} has ${show(type)}, which is not a media type; write "type/subtype" without parameters, e.g. "application/json"`,
    );
  }
}
