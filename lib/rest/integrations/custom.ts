import { Aws, type Duration } from 'aws-cdk-lib';
import { type IFunction } from 'aws-cdk-lib/aws-lambda';
import { type LambdaCanary } from '../../release/lambda-canary';
import { IntegrationType } from '../../gateway/integration-context';
import { show } from '../../authoring/errors';
import { type RestBindIntegration, type RestIntegrationContext } from '../binding';
import { type RestIntegrationConfig } from '../integration-config';
import { type RequestParameter, sourceOf } from '../request';
import { httpTarget } from './http';
import { type RequestValue } from '../../integrations/request-value';
import { type RestContentHandling, type RestIntegrationResponse, RestPassthroughBehavior } from './response-options';
import { declareValue } from './velocity';

/**
 * Options of an integration whose requests and responses are made by templates and mappings of your own.
 */
export interface RestCustomIntegrationOptions {
  /**
   * Velocity templates: content type of the request → template. `$input.params()` and `$input.body` come from the client: escape them.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
   * @default - none; then `passthroughBehavior` must let the body through
   */
  readonly requestTemplates?: { [contentType: string]: string };

  /**
   * Parameters of the request to the back-end: `integration.request.header.X`, `integration.request.querystring.x` or
   * `integration.request.path.x` → value. What is read of the request is declared for the method.
   *
   * @default - none
   */
  readonly requestParameters?: { [parameter: string]: RequestValue };

  /**
   * The responses; one of them without `selectionPattern`.
   */
  readonly responses: RestIntegrationResponse[];

  /**
   * What becomes of a body that no request template is for.
   *
   * @default RestPassthroughBehavior.NEVER
   */
  readonly passthroughBehavior?: RestPassthroughBehavior;

  /**
   * Changes the encoding of the request's body.
   *
   * @default - as it comes; `CONVERT_TO_TEXT` where a template is for one of the `binaryMediaTypes` of the gateway, since no template
   * reads bytes: it gets them as Base64, `$util.base64Decode($input.body)`
   */
  readonly contentHandling?: RestContentHandling;

  /**
   * How long API Gateway waits for the back-end. 50 ms to 29 s; more on a Regional API whose quota was raised.
   *
   * @default Duration.seconds(29)
   */
  readonly timeout?: Duration;
}

/**
 * Options of an HTTP integration with templates and mappings of your own.
 */
export interface RestHttpCustomIntegrationOptions extends RestCustomIntegrationOptions {
  /**
   * Method of the request to the back-end.
   *
   * @default - the method of the route
   */
  readonly method?: string;
}

/**
 * Options of a Lambda integration with templates and mappings of your own.
 */
export interface RestLambdaCustomIntegrationOptions extends RestCustomIntegrationOptions {
  /**
   * How a new version of the function gets its traffic: through an alias that CodeDeploy shifts. Not on an API with a
   * `StageCanary`.
   *
   * @default - the function as it is given
   */
  readonly canary?: LambdaCanary;
}

export function lambdaCustom(fn: IFunction, options: RestLambdaCustomIntegrationOptions): RestBindIntegration {
  return (context) => {
    const released = options.canary?._release(fn, context);
    const { region, arn } = context.targetOf(fn, released?.arn ?? fn.functionArn);
    const bound = custom(options, context, {
      type: IntegrationType.AWS,
      method: 'POST',
      uri: `arn:${Aws.PARTITION}:apigateway:${region}:lambda:path/2015-03-31/functions/${arn}/invocations`,
    });
    return { ...bound, credentials: context.grantInvoke(released?.alias ?? fn) };
  };
}

export function httpCustom(url: string, options: RestHttpCustomIntegrationOptions): RestBindIntegration {
  return (context) => {
    const { method, requestParameters, uri } = httpTarget(url, options.method, context);
    return custom(options, context, { type: IntegrationType.HTTP, method, uri }, requestParameters);
  };
}

/** Parameter mappings, checked, with what they read of the request. */
export function requestMappings(
  given: Readonly<Record<string, RequestValue>>,
  context: RestIntegrationContext,
): { mappings: Record<string, string>; parameters: RequestParameter[] } {
  const { owner } = context;
  const read = new Map<string, RequestParameter>();
  const mappings: Record<string, string> = {};
  for (const [parameter, value] of Object.entries(given)) {
    if (!/^integration\.request\.(header|querystring|path)\.[\w.!#$&*+^`|~:-]+$/.test(parameter)) {
      throw owner.error(
        `requestParameters has ${show(parameter)}; write integration.request.header.X, integration.request.querystring.x or integration.request.path.x`,
      );
    }
    const { mapping } = value._source;
    if (mapping === undefined)
      throw owner.error(
        `the literal for ${parameter} has a single quote in it, which no mapping can hold; use a template`,
      );
    declareValue(value._source, context, read);
    mappings[parameter] = mapping;
  }
  return { mappings, parameters: [...read.values()] };
}

function custom(
  options: RestCustomIntegrationOptions,
  context: RestIntegrationContext,
  target: Pick<RestIntegrationConfig, 'type' | 'method' | 'uri'>,
  ownMappings: Readonly<Record<string, string>> = {},
): RestIntegrationConfig {
  const { owner } = context;
  const templates = options.requestTemplates ?? {};
  const passthrough = options.passthroughBehavior ?? RestPassthroughBehavior.NEVER;
  if (Object.keys(templates).length === 0 && passthrough === RestPassthroughBehavior.NEVER) {
    throw owner.error(
      'has no requestTemplates, so every request would be answered 415; write one, e.g. { "application/json": "$input.json(\'$\')" }, ' +
        'or let bodies through with passthroughBehavior: RestPassthroughBehavior.WHEN_NO_TEMPLATES',
    );
  }
  const { mappings, parameters } = requestMappings(options.requestParameters ?? {}, context);
  return {
    ...target,
    passthroughBehavior: passthrough,
    contentHandling: options.contentHandling,
    requestParameters: { ...ownMappings, ...mappings },
    requestTemplates: Object.keys(templates).length > 0 ? templates : undefined,
    templateParameters: parameters.map(sourceOf),
    timeout: options.timeout,
    responses: options.responses,
  };
}
