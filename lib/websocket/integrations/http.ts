import { type Duration } from 'aws-cdk-lib';
import { HTTP_METHODS, STAGE_VARIABLE_REFERENCE } from '../../facts/names';
import { checkBackEndUrl } from '../../integrations/back-end-url';
import { IntegrationType } from '../../gateway/integration-context';
import { RequestValue } from '../../integrations/request-value';
import { suggest } from '../../lookup/nearest';
import { type WebSocketBindIntegration, type WebSocketIntegrationContext } from '../binding';
import { type WebSocketIntegrationConfig } from '../integration-config';
import { requestMappings } from './values';

/**
 * Options of an HTTP proxy integration.
 */
export interface WebSocketHttpIntegrationOptions {
  /**
   * Method of the request to the back end.
   *
   * @default 'POST'
   */
  readonly method?: string;

  /**
   * Parameters of the request to the back end, in addition to the header `connectionId`: `integration.request.header.X`,
   * `integration.request.querystring.x` or `integration.request.path.x` → value.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-data-mapping.html
   * @default - none
   */
  readonly requestParameters?: { [parameter: string]: RequestValue };

  /**
   * How long API Gateway waits for the back end. 50 ms to 29 s.
   *
   * @default Duration.seconds(29)
   */
  readonly timeout?: Duration;
}

export function httpProxy(url: string, options: WebSocketHttpIntegrationOptions): WebSocketBindIntegration {
  return (context) => callUrl(url, options, context);
}

/** An HTTP proxy integration, over the internet by default. */
export function callUrl(
  url: string,
  options: WebSocketHttpIntegrationOptions,
  context: WebSocketIntegrationContext,
): WebSocketIntegrationConfig {
  const mappings = requestMappings(
    { 'integration.request.header.connectionId': RequestValue.connectionId(), ...options.requestParameters },
    context,
  );
  checkUrl(url, mappings, context);
  return {
    type: IntegrationType.HTTP_PROXY,
    method: methodOf(options, context),
    uri: url,
    requestParameters: mappings,
    timeout: options.timeout,
  };
}

function methodOf(
  { method = 'POST' }: WebSocketHttpIntegrationOptions,
  { owner }: WebSocketIntegrationContext,
): string {
  const methods: readonly string[] = HTTP_METHODS;
  if (!methods.includes(method))
    throw owner.error(`method "${method}" is not an HTTP method.${suggest(method, methods)}`);
  return method;
}

function checkUrl(url: string, mappings: Readonly<Record<string, string>>, context: WebSocketIntegrationContext): void {
  checkBackEndUrl(url, 'https://chat.example.com/messages', context.owner);
  // The braces of a token would look like a path parameter.
  const literal = url.replace(/\$\{Token\[[^[\]]*\]\}/g, 'token');
  for (const [, name] of literal.matchAll(STAGE_VARIABLE_REFERENCE)) context.useStageVariable(name);
  for (const [, name] of literal.replace(STAGE_VARIABLE_REFERENCE, '').matchAll(/\{([^{}]+)\}/g)) {
    if (!mappings[`integration.request.path.${name}`]) {
      throw context.owner.error(
        `the URL has "{${name}}", which has no value; add requestParameters: { "integration.request.path.${name}": RequestValue.bodyField("$.${name}") }`,
      );
    }
  }
}
