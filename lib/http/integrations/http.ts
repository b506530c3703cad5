import { type Duration } from 'aws-cdk-lib';
import { HTTP_METHODS, STAGE_VARIABLE_REFERENCE } from '../../facts/names';
import { checkBackEndUrl } from '../../integrations/back-end-url';
import { IntegrationType } from '../../gateway/integration-context';
import { suggest } from '../../lookup/nearest';
import { type BindHttpIntegration, type HttpIntegrationContext } from '../binding';
import { useStageVariables, variableHint } from './expression';
import { type HttpParameterMappingOptions, parameterMapping } from './parameter-mapping';

/**
 * Options of an HTTP integration.
 *
 * @example
 * HttpIntegration.http('https://stock.example.com/events', { method: 'POST' });
 */
export interface HttpHttpIntegrationOptions extends HttpParameterMappingOptions {
  /**
   * Method of the request to the back end.
   *
   * @default - the method of the route
   */
  readonly method?: string;

  /**
   * How long API Gateway waits for the back end. 50 ms to 30 s.
   *
   * @default Duration.seconds(30)
   */
  readonly timeout?: Duration;
}

export function httpProxy(url: string, options: HttpHttpIntegrationOptions): BindHttpIntegration {
  return (context) => {
    checkUrl(url, context);
    useStageVariables(url, context);
    return {
      integrationName: 'http',
      type: IntegrationType.HTTP_PROXY,
      method: methodOf(options.method, context),
      uri: url,
      timeout: options.timeout,
      ...parameterMapping(options, context),
    };
  };
}

/** @throws if it is not a method */
export function methodOf(wanted: string | undefined, { owner, route }: HttpIntegrationContext): string {
  const method = wanted ?? route.method;
  const methods: readonly string[] = HTTP_METHODS;
  if (!methods.includes(method)) {
    throw owner.error(`method "${method}" is not an HTTP method.${suggest(method, methods)}`);
  }
  return method;
}

function checkUrl(url: string, context: HttpIntegrationContext): void {
  const { owner, route } = context;
  checkBackEndUrl(url, 'https://orders.example.com/v1/{id}', owner);
  // The braces of a token would look like a path variable.
  const literal = url.replace(/\$\{Token\[[^[\]]*\]\}/g, 'token').replace(STAGE_VARIABLE_REFERENCE, '');
  for (const [, name] of literal.matchAll(/\{([^{}]*?)\+?\}/g)) {
    if (!route.variables.includes(name)) {
      throw owner.error(
        `the URL has "{${name}}", which is not a path variable of the route.${variableHint(name, context)}`,
      );
    }
  }
}
