import { type ValueSource } from '../../integrations/request-value';
import { VelocityTemplate } from '../../integrations/velocity/template';
import { suggest } from '../../lookup/nearest';
import { type RestIntegrationContext } from '../binding';
import { type RequestParameter } from '../request';

/** A template, with what the method must declare: path variables, query parameters and headers. */
export class RestTemplate extends VelocityTemplate {
  private readonly read: Map<string, RequestParameter>;

  constructor(context: RestIntegrationContext) {
    const read = new Map<string, RequestParameter>();
    super((source) => declareValue(source, context, read));
    this.read = read;
  }

  public get parameters(): RequestParameter[] {
    return [...this.read.values()];
  }
}

/** @throws if the value is a path variable that the route does not have */
export function declareValue(
  source: ValueSource,
  context: RestIntegrationContext,
  into: Map<string, RequestParameter>,
): void {
  const { parameter, stageVariable } = source;
  const { owner, route } = context;
  if (stageVariable !== undefined) context.useStageVariable(stageVariable);
  if (source.mapping === 'context.connectionId')
    throw owner.error(
      'RequestValue.connectionId() is for WebSocket APIs; a request to a REST API has no lasting connection',
    );
  if (!parameter) return;
  if (parameter.in === 'path') {
    if (route.variables.includes(parameter.name)) return;
    throw owner.error(
      `RequestValue.path("${parameter.name}") is not a path variable of the route.` +
        (route.variables.length > 0
          ? suggest(parameter.name, route.variables)
          : ` Add it to the path: "${route.key.replace(/\/$/, '')}/{${parameter.name}}"`),
    );
  }
  into.set(`${parameter.in} ${parameter.name}`, parameter);
}
