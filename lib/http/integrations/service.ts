import { type Duration, Token } from 'aws-cdk-lib';
import { IntegrationType } from '../../gateway/integration-context';
import { type RequestValue } from '../../integrations/request-value';
import { type ServiceAccess } from '../../integrations/services/call';
import { type HttpIntegrationContext } from '../binding';
import { type HttpIntegrationConfig } from '../integration-config';
import { expressionOf } from './expression';
import { type HttpResponseParameter, parameterMapping } from './parameter-mapping';

/**
 * What all integrations with AWS services take. What the service answers goes to the client as it is, its errors do not: they are a
 * 500. A request that lacks a value which the integration reads, or in which it is empty, is a 400.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html
 */
export interface HttpServiceIntegrationOptions {
  /**
   * How long API Gateway waits for the service. 50 ms to 30 s.
   *
   * @default Duration.seconds(30)
   */
  readonly timeout?: Duration;

  /**
   * Changes to the response before it goes to the client: status code → changes. An error of the service is `500`.
   *
   * @default - none
   */
  readonly responseParameters?: { [statusCode: string]: HttpResponseParameter[] };
}

/** A call of an AWS service, of which only the names are its own; the role's name is that of the integration in the document. */
export interface SubtypeCall extends ServiceAccess {
  /** e.g. `SQS-SendMessage`. */
  readonly subtype: string;
  /** Parameter → value; one without a value is left out. */
  readonly parameters: Readonly<Record<string, RequestValue | string | undefined>>;
  /** Parameters that the service does without → the prop that gives them. */
  readonly optional?: Readonly<Record<string, string>>;
}

/** `aws_proxy` with a subtype: API Gateway calls the service with the role of the API for it. */
export function serviceIntegration(
  context: HttpIntegrationContext,
  options: HttpServiceIntegrationOptions,
  call: SubtypeCall,
): HttpIntegrationConfig {
  const elsewhere =
    ![call.region, context.stack.region].some(Token.isUnresolved) && call.region !== context.stack.region;
  const given = { ...call.parameters, Region: elsewhere ? call.region : undefined };
  const parameters: Record<string, string> = {};
  for (const [name, prop] of Object.entries(call.optional ?? {})) refuseAbsent(call.parameters[name], prop, context);
  for (const [name, value] of Object.entries(given).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (value !== undefined) parameters[name] = typeof value === 'string' ? value : expressionOf(value, context);
  }
  return {
    integrationName: call.role,
    type: IntegrationType.AWS_PROXY,
    subtype: call.subtype,
    credentials: context.grantService(call.role, call.grants),
    requestParameters: parameters,
    responseParameters: parameterMapping({ responseParameters: options.responseParameters }, context)
      .responseParameters,
    timeout: options.timeout,
  };
}

/** @throws where a value that may be missing is of a parameter that the service does without */
function refuseAbsent(
  value: RequestValue | string | undefined,
  prop: string,
  { owner, route }: HttpIntegrationContext,
): void {
  if (value === undefined || typeof value === 'string') return;
  const { mapping = '', parameter } = value._source;
  const inBody = mapping.startsWith('method.request.body.');
  if (!inBody && (!parameter || parameter.in === 'path')) return;
  const what = inBody
    ? 'a field of the body'
    : `the ${parameter?.in === 'query' ? 'query parameter' : 'header'} "${parameter?.name}"`;
  throw owner.error(
    `${prop} reads ${what}, and an HTTP API answers 400 to each request without it, since its mappings have no defaults; ` +
      `take what every request has, e.g. RequestValue.requestId()${route.variables.length > 0 ? ` or RequestValue.path("${route.variables[0]}")` : ''}, leave ${prop} out, or use RestGateway`,
  );
}
