import { show } from '../../authoring/errors';
import { type RequestValue, type ValueSource } from '../../integrations/request-value';
import { VelocityTemplate } from '../../integrations/velocity/template';
import { type WebSocketIntegrationContext } from '../binding';

/**
 * A template for the messages of a route, or for clients that connect or disconnect. It has the message and the context, but no
 * `$input.params()`: query and headers reach a back end only by parameter mapping.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html
 */
export function templateFor(context: WebSocketIntegrationContext): VelocityTemplate {
  return new VelocityTemplate((source) => {
    declareValue(source, context, CONTEXT);
    const { parameter } = source;
    if (!parameter) return;
    throw context.owner.error(
      `RequestValue.${parameter.in}("${parameter.name}") cannot be put into the call: templates of WebSocket APIs have no query and no headers. ` +
        `Have a Lambda authorizer answer it as context (RequestValue.authorizerContext("${parameter.name}")), or connect through a Lambda function, which gets both (WebSocketIntegration.lambda)`,
    );
  });
}

/** @throws if a user's template reads what no template of a WebSocket API has */
export function checkTemplate(template: string, what: string, { owner }: WebSocketIntegrationContext): void {
  const found = /\$!?\{?input\.params\b/.exec(template);
  if (!found) return;
  throw owner.error(
    `${what} reads ${show(found[0])}, and templates of WebSocket APIs have no query and no headers; on $connect, map them with requestParameters ` +
      '(RequestValue.query, .header), or have a Lambda authorizer answer them as context ($context.authorizer.x)',
  );
}

const CONTEXT = 'RequestValue.connectionId or .authorizerContext';
const MAPPED = 'RequestValue.query, .header, .connectionId or .authorizerContext';

/**
 * @param atConnect what is available for a client that connects
 * @throws if requests to the route have no such value
 */
function declareValue(source: ValueSource, context: WebSocketIntegrationContext, atConnect: string): void {
  const { parameter, stageVariable, mapping = '' } = source;
  const { owner, route } = context;
  if (stageVariable !== undefined) context.useStageVariable(stageVariable);
  if (parameter?.in === 'path') {
    throw owner.error(
      `RequestValue.path("${parameter.name}"): WebSocket APIs have no path variables; take a part of the message, e.g. RequestValue.bodyField("$.${parameter.name}")`,
    );
  }
  if (parameter && route.event !== 'connect') {
    throw owner.error(
      `RequestValue.${parameter.in}("${parameter.name}") is there when a client connects, and never again; have a Lambda authorizer answer it as ` +
        `context (RequestValue.authorizerContext), or take a part of the message (RequestValue.bodyField)`,
    );
  }
  if (mapping.startsWith('method.request.body') && route.event !== 'message') {
    throw owner.error(
      route.event === 'connect'
        ? `reads the message, and a client that connects sends none; take ${atConnect}`
        : `reads the message, and a client that is gone sends none; take ${CONTEXT}`,
    );
  }
}

/** Parameter mappings, checked. */
export function requestMappings(
  given: Readonly<Record<string, RequestValue>>,
  context: WebSocketIntegrationContext,
): Record<string, string> {
  const { owner } = context;
  const mappings: Record<string, string> = {};
  for (const parameter of Object.keys(given).sort()) {
    if (!/^integration\.request\.(header|querystring|path)\.[\w.!#$&*+^`|~:-]+$/.test(parameter)) {
      throw owner.error(
        `requestParameters has ${show(parameter)}; write integration.request.header.X, integration.request.querystring.x or integration.request.path.x`,
      );
    }
    const source = given[parameter]._source;
    if (source.mapping === undefined)
      throw owner.error(`the literal for ${parameter} has a single quote in it, which no mapping can hold`);
    declareValue(source, context, MAPPED);
    mappings[parameter] = source.mapping.replace(/^method\./, 'route.');
  }
  return mappings;
}
