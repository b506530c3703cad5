import { type Duration, Token } from 'aws-cdk-lib';
import { IntegrationType } from '../../gateway/integration-context';
import { type RequestValue } from '../../integrations/request-value';
import { type ServiceAccess } from '../../integrations/services/call';
import { type HttpIntegrationContext } from '../binding';
import { type HttpIntegrationConfig } from '../integration-config';
import { expressionOf } from './expression';
import { type HttpResponseParameter, parameterMapping } from './parameter-mapping';

/**
 * Options of all integrations with AWS services. The response of the service is passed to the client unchanged, except errors,
 * which become a 500. A request in which a value that the integration reads is missing or empty gets a 400.
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

/** A call of an AWS service, which differs only in its names; the role is named like the integration in the document. */
export interface SubtypeCall extends ServiceAccess {
  /** e.g. `SQS-SendMessage`. */
  readonly subtype: string;
  /** Parameter → value; one without a value is omitted. */
  readonly parameters: Readonly<Record<string, RequestValue | string | undefined>>;
  /** Optional parameters of the service → the prop that sets them. */
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

/** @throws if a value that may be missing is used for an optional parameter of the service */
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
    `${prop} reads ${what}, but an HTTP API rejects each request without it with 400, since its mappings have no defaults; ` +
      `use a value that every request has, e.g. RequestValue.requestId()${route.variables.length > 0 ? ` or RequestValue.path("${route.variables[0]}")` : ''}, remove ${prop}, or use RestGateway`,
  );
}
