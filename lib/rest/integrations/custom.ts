import { Aws, type Duration } from 'aws-cdk-lib';
import { type IFunction } from 'aws-cdk-lib/aws-lambda';
import { STAGE_VARIABLE_REFERENCE } from '../../facts/names';
import { type LambdaCanary } from '../../release/lambda-canary';
import { checkPort } from '../../integrations/back-end-url';
import { show } from '../../authoring/errors';
import { type RestBindIntegration, type RestBoundIntegration, type RestIntegrationContext } from '../binding';
import { type TextOnly } from '../content-handling';
import { type RequestParameter } from '../request';
import { customResponses } from './custom-responses';
import { httpTarget } from './http';
import { type RequestValue } from '../../integrations/request-value';
import { type RestContentHandling, type RestIntegrationResponse, RestPassthroughBehavior } from './response-options';
import { checkTemplateType } from './service';
import { integrationTimeout } from './timeout';
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
      type: 'aws',
      httpMethod: 'POST',
      uri: `arn:${Aws.PARTITION}:apigateway:${region}:lambda:path/2015-03-31/functions/${arn}/invocations`,
    });
    const credentials = context.grantInvoke(released?.alias ?? fn);
    return credentials === undefined ? bound : { ...bound, extension: { ...bound.extension, credentials } };
  };
}

export function httpCustom(url: string, options: RestHttpCustomIntegrationOptions): RestBindIntegration {
  return (context) => {
    const { method, requestParameters, uri } = httpTarget(url, options.method, context);
    checkPort(url, context.owner);
    return custom(options, context, { type: 'http', httpMethod: method, uri }, requestParameters);
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

/** Templates as the user wrote them; the stage variables in them must be on every stage. */
export function checkTemplates(templates: Readonly<Record<string, string>>, context: RestIntegrationContext): void {
  for (const [type, template] of Object.entries(templates)) {
    checkTemplateType(type, 'requestTemplates', context);
    for (const [, name] of template.matchAll(STAGE_VARIABLE_REFERENCE)) context.useStageVariable(name);
  }
}

function custom(
  options: RestCustomIntegrationOptions,
  context: RestIntegrationContext,
  target: { readonly type: string; readonly httpMethod: string; readonly uri: string },
  ownMappings: Readonly<Record<string, string>> = {},
): RestBoundIntegration {
  const { owner } = context;
  const templates = options.requestTemplates ?? {};
  const passthrough = options.passthroughBehavior ?? RestPassthroughBehavior.NEVER;
  if (Object.keys(templates).length === 0 && passthrough === RestPassthroughBehavior.NEVER) {
    throw owner.error(
      'has no requestTemplates, so every request would be answered 415; write one, e.g. { "application/json": "$input.json(\'$\')" }, ' +
        'or let bodies through with passthroughBehavior: RestPassthroughBehavior.WHEN_NO_TEMPLATES',
    );
  }
  checkTemplates(templates, context);
  const isPassedBeside = options.contentHandling === undefined && passthrough === RestPassthroughBehavior.WHEN_NO_MATCH;
  const { mappings, parameters } = requestMappings(options.requestParameters ?? {}, context);
  const all = { ...ownMappings, ...mappings };
  const { responses, declared, textOnly } = customResponses(options.responses, context);
  return {
    extension: {
      ...target,
      passthroughBehavior: passthrough.toLowerCase(),
      ...(options.contentHandling === undefined ? {} : { contentHandling: options.contentHandling }),
      requestParameters: Object.keys(all).length > 0 ? all : undefined,
      requestTemplates: Object.keys(templates).length > 0 ? { ...templates } : undefined,
      timeoutInMillis: integrationTimeout(options.timeout, false, context),
      responses,
    },
    responses: declared,
    parameters,
    textOnly: [...textOnly, ...(isPassedBeside ? [besideBytes(Object.keys(templates))] : [])],
  };
}

const besideBytes = (types: readonly string[]): TextOnly => ({
  types,
  unknownCounts: true,
  problem: () =>
    'has a template for a type of binaryMediaTypes, and lets other types through: bytes must become Base64 for the template, and stay bytes for the others. ' +
    'Name the binary types one by one, e.g. binaryMediaTypes: ["image/png"], or set contentHandling, which is for both',
});
