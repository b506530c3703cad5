import { type Duration } from 'aws-cdk-lib';
import { HTTP_METHODS, STAGE_VARIABLE_REFERENCE } from '../../facts/names';
import { checkBackEndUrl } from '../../integrations/back-end-url';
import { IntegrationType } from '../../gateway/integration-context';
import { suggest } from '../../lookup/nearest';
import { type RestBindIntegration, type RestIntegrationContext } from '../binding';

/**
 * Options of an HTTP proxy integration.
 */
export interface RestHttpIntegrationOptions {
  /**
   * Method of the request to the back end.
   *
   * @default - the method of the route
   */
  readonly method?: string;

  /**
   * How long API Gateway waits for the back end. 50 ms to 29 s; longer on a Regional API whose quota was raised, and up to 15
   * minutes for a streamed response.
   *
   * @default Duration.seconds(29)
   */
  readonly timeout?: Duration;

  /**
   * Sends the response to the client while the back end writes it.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html
   * @default false
   */
  readonly streamResponse?: boolean;
}

export function httpProxy(url: string, options: RestHttpIntegrationOptions): RestBindIntegration {
  return (context) => {
    return {
      type: IntegrationType.HTTP_PROXY,
      ...httpTarget(url, options.method, context),
      timeout: options.timeout,
      streamResponse: options.streamResponse,
    };
  };
}

/** The target of an HTTP integration: method, URL, and its path variables, mapped. */
export function httpTarget(url: string, wanted: string | undefined, context: RestIntegrationContext) {
  const { owner, route } = context;
  // The braces of a token would look like a path parameter.
  const literal = url.replace(/\$\{Token\[[^[\]]*\]\}/g, 'token');
  checkBackEndUrl(url, 'https://orders.example.com/v1/{id}', owner);
  const method = wanted ?? route.method;
  const methods: readonly string[] = HTTP_METHODS;
  if (!methods.includes(method)) {
    throw owner.error(`method "${method}" is not an HTTP method.${suggest(method, methods)}`);
  }
  for (const [, name] of literal.matchAll(STAGE_VARIABLE_REFERENCE)) context.useStageVariable(name);
  return { method, uri: url, requestParameters: pathParameters(literal, context) };
}

/** Maps each `{name}` of the URL from the route's path variable of the same name. */
function pathParameters(url: string, context: RestIntegrationContext): Record<string, string> | undefined {
  const { owner, route } = context;
  const names = [...url.replace(STAGE_VARIABLE_REFERENCE, '').matchAll(/\{([^{}]*?)\+?\}/g)].map((match) => match[1]);
  const parameters: Record<string, string> = {};
  for (const name of new Set(names)) {
    if (!route.variables.includes(name)) {
      throw owner.error(
        `the URL has "{${name}}", which is not a path variable of the route.` +
          (route.variables.length > 0
            ? suggest(name, route.variables)
            : ` Add it to the path: "${route.key.replace(/\/$/, '')}/{${name}}"`),
      );
    }
    parameters[`integration.request.path.${name}`] = `method.request.path.${name}`;
  }
  return names.length > 0 ? parameters : undefined;
}
