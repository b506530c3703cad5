import { GATEWAY_RESPONSE_TYPES } from '../facts/gateway-responses';
import { type CorsDefinition } from '../gateway/cors';
import { type Owner } from '../authoring/errors';
import { checkResponseHeaders, mappedHeader } from './gateway-response-headers';
import { checkAnswerType } from './media-type';
import { suggest } from '../lookup/nearest';
import { type Document } from '../document/skeleton';
import { checkTemplateSizes } from '../integrations/velocity/template-size';
import { gatewayResponseCors } from './preflight';

/**
 * A response that API Gateway sends without calling the integration.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html
 */
export interface RestGatewayResponseOptions {
  /**
   * Status code. Not on `DEFAULT_4XX` and `DEFAULT_5XX`, where it would replace the code of every such error.
   *
   * @default - the code of the error
   */
  readonly statusCode?: number;

  /**
   * Headers: name → a fixed value of printable ASCII without single quotes, or where it comes from: `method.request.header.X`, `method.request.path.x`,
   * `method.request.querystring.x`, `context.x`.
   *
   * @default - none but those of CORS
   */
  readonly headers?: { [name: string]: string };

  /**
   * Bodies: content type → template. It may use variables such as `$context.…`; Velocity directives have no effect.
   *
   * @default - `{"message": …}`
   */
  readonly templates?: { [contentType: string]: string };
}

/** The `x-amazon-apigateway-gateway-responses` object; undefined if every response is API Gateway's own. */
export function gatewayResponses(
  responses: Readonly<Record<string, RestGatewayResponseOptions>>,
  cors: CorsDefinition | undefined,
): Document | undefined {
  const corsParameters = cors ? gatewayResponseCors(cors) : {};
  // Without these, a browser reports every error of the gateway as a CORS failure.
  const types = new Set([...Object.keys(responses), ...(cors ? ['DEFAULT_4XX', 'DEFAULT_5XX'] : [])]);
  if (types.size === 0) return undefined;
  const document: Document = {};
  for (const type of [...types].sort()) {
    const { statusCode, headers = {}, templates } = responses[type] ?? {};
    const own = new Set(Object.keys(headers).map((name) => `gatewayresponse.header.${name}`.toLowerCase()));
    const parameters = Object.fromEntries(
      Object.entries(corsParameters).filter(([name]) => !own.has(name.toLowerCase())),
    );
    for (const [name, value] of Object.entries(headers))
      parameters[`gatewayresponse.header.${name}`] = mappedHeader(value);
    document[type] = {
      responseParameters: sorted(parameters),
      responseTemplates: templates && sorted(templates),
      statusCode: statusCode === undefined ? undefined : String(statusCode),
    };
  }
  return document;
}

/** @throws if a type or status code does not exist, or the import would reject a text */
export function validateGatewayResponses(
  responses: Readonly<Record<string, RestGatewayResponseOptions>>,
  owner: Owner,
): void {
  const types: readonly string[] = GATEWAY_RESPONSE_TYPES;
  for (const [type, { statusCode, headers = {}, templates = {} }] of Object.entries(responses)) {
    if (!types.includes(type)) {
      throw owner.error(`gatewayResponses has "${type}", which is not a gateway response type.${suggest(type, types)}`);
    }
    if (statusCode !== undefined && (type === 'DEFAULT_4XX' || type === 'DEFAULT_5XX')) {
      throw owner.error(
        `gatewayResponses.${type} does not accept statusCode: it would replace the code of every error of that class; set it on one type, e.g. RESOURCE_NOT_FOUND`,
      );
    }
    if (statusCode !== undefined && !(Number.isInteger(statusCode) && statusCode >= 200 && statusCode <= 599)) {
      throw owner.error(
        `gatewayResponses.${type}.statusCode must be a whole number from 200 to 599, got: ${statusCode}`,
      );
    }
    checkTemplateSizes(templates, `gatewayResponses.${type}`, owner);
    checkResponseHeaders(headers, `gatewayResponses.${type}`, owner);
    for (const template of Object.keys(templates)) {
      checkAnswerType(template, `gatewayResponses.${type}.templates`, owner);
    }
  }
}

function sorted(map: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}
