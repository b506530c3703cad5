import { show } from '../../shared/errors';
import { type RequestValue, type ValueSource } from '../../shared/request-value';
import { VelocityTemplate } from '../../shared/velocity/template';
import { type IntegrationContext } from '../binding';

/** A template for the messages of a route, or for clients that connect or are gone. */
export function templateFor(context: IntegrationContext): VelocityTemplate {
  return new VelocityTemplate((source) => declareValue(source, context));
}

/** @throws where what comes to the route has no such value */
export function declareValue(source: ValueSource, context: IntegrationContext): void {
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
      `reads the message, and a client that ${route.event === 'connect' ? 'connects sends none; take RequestValue.query, .header, ' : 'is gone sends none; take RequestValue.'}` +
        `${route.event === 'connect' ? '.connectionId' : 'connectionId'} or .authorizerContext`,
    );
  }
}

/** Parameter mappings, checked, with the headers and query parameters that the route must declare for them. */
export function requestMappings(
  given: Readonly<Record<string, RequestValue>>,
  context: IntegrationContext,
): { mappings: Record<string, string>; parameters: string[] } {
  const { owner } = context;
  const mappings: Record<string, string> = {};
  const parameters: string[] = [];
  for (const parameter of Object.keys(given).sort()) {
    if (!/^integration\.request\.(header|querystring|path)\.[\w.!#$&*+^`|~:-]+$/.test(parameter)) {
      throw owner.error(
        `requestParameters has ${show(parameter)}; write integration.request.header.X, integration.request.querystring.x or integration.request.path.x`,
      );
    }
    const source = given[parameter]._source;
    if (source.mapping === undefined)
      throw owner.error(`the literal for ${parameter} has a single quote in it, which no mapping can hold`);
    declareValue(source, context);
    mappings[parameter] = source.mapping.replace(/^method\./, 'route.');
    if (source.parameter) parameters.push(mappings[parameter]);
  }
  return { mappings, parameters };
}
