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
 * Options of an integration with custom templates and mappings for requests and responses.
 */
export interface RestCustomIntegrationOptions {
  /**
   * Velocity templates: content type of the request → template. `$input.params()` and `$input.body` come from the client: escape
   * them.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
   * @default - none; `passthroughBehavior` must then pass the body through
   */
  readonly requestTemplates?: { [contentType: string]: string };

  /**
   * Parameters of the request to the back end: `integration.request.header.X`, `integration.request.querystring.x` or
   * `integration.request.path.x` → value. Parts of the request that are read are declared for the method.
   *
   * @default - none
   */
  readonly requestParameters?: { [parameter: string]: RequestValue };

  /**
   * The responses; exactly one without `selectionPattern`.
   */
  readonly responses: RestIntegrationResponse[];

  /**
   * What happens to a body that no request template applies to.
   *
   * @default RestPassthroughBehavior.NEVER
   */
  readonly passthroughBehavior?: RestPassthroughBehavior;

  /**
   * Changes the encoding of the request's body.
   *
   * @default - unchanged; `CONVERT_TO_TEXT` if a template applies to one of the gateway's `binaryMediaTypes`, since no template
   * reads bytes: it gets them as Base64, `$util.base64Decode($input.body)`
   */
  readonly contentHandling?: RestContentHandling;

  /**
   * How long API Gateway waits for the back end. 50 ms to 29 s; longer on a Regional API whose quota was raised.
   *
   * @default Duration.seconds(29)
   */
  readonly timeout?: Duration;
}

/**
 * Options of an HTTP integration with custom templates and mappings.
 */
export interface RestHttpCustomIntegrationOptions extends RestCustomIntegrationOptions {
  /**
   * Method of the request to the back end.
   *
   * @default - the method of the route
   */
  readonly method?: string;
}

/**
 * Options of a Lambda integration with custom templates and mappings.
 */
export interface RestLambdaCustomIntegrationOptions extends RestCustomIntegrationOptions {
  /**
   * How traffic shifts to a new version of the function: with an alias and CodeDeploy. Not on an API with a `StageCanary`.
   *
   * @default - the given function
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

/** Parameter mappings, checked, with the parts of the request that they read. */
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
        `the literal for ${parameter} has a single quote, which a mapping cannot contain; use a template`,
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
      'has no requestTemplates, so every request would get a 415 response; write one, e.g. { "application/json": "$input.json(\'$\')" }, ' +
        'or pass bodies through with passthroughBehavior: RestPassthroughBehavior.WHEN_NO_TEMPLATES',
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
