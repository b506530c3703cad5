import { type Content, requestContent } from '../content';
import { type HeaderFields } from '../exchange';
import { mappedValues } from '../mapping/mappings';
import { type MappingTemplate } from '../mapping/templates';
import { type Told } from '../recorder';
import { Refusal } from '../refusal';
import { type Exchange, mappingSources, templateInput, variablesOf } from './exchange';
import { selectEntry } from './routes';
import { variableReader } from './variables';

/** The request to the back end. */
export interface IntegrationRequest {
  readonly body: Content;
  readonly headers: HeaderFields;
  readonly query: HeaderFields;
  readonly path: Readonly<Record<string, string>>;
}

/**
 * Makes the call of the back end out of a message: its template, then the mappings.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-data-transformations.html
 * @throws Refusal
 */
export function integrationRequest(exchange: Exchange, tell: (told: Told) => void): IntegrationRequest {
  const { integration, message, scope } = exchange;
  const { templates, templateExpression, type, source } = integration;
  const because = [source.location];
  const isProxy = type.endsWith('_PROXY');
  const key = templateExpression.evaluate(variableReader(variablesOf(exchange)));
  const chosen = isProxy ? undefined : (selectEntry(templates, key) ?? onlyJson(exchange));
  let text = message.text;
  if (chosen) {
    text = scope.render(chosen.value, templateInput(exchange, message.text));
    tell({ note: `The template for ${chosen.key} made the body`, output: text, because });
  } else if (!isProxy) {
    passThrough(exchange, key);
    tell({ note: `No template for ${JSON.stringify(key)}: the message passes as it is`, because });
  }
  const body = requestContent(Buffer.from(text, 'utf8'), false, integration.contentHandling);
  return { body, ...mapped(exchange) };
}

/** Without an expression there may be one template for JSON, as REST APIs have it. */
function onlyJson({
  integration: { source, templates },
}: Exchange): { key: string; value: MappingTemplate } | undefined {
  const key = 'application/json';
  const value = source.templateSelectionExpression === undefined ? templates.get(key) : undefined;
  return value && { key, value };
}

function passThrough({ integration: { passthrough, templates, source } }: Exchange, key: string): void {
  const isRefused = passthrough === 'NEVER' || (passthrough === 'WHEN_NO_TEMPLATES' && templates.size > 0);
  if (!isRefused) return;
  throw new Refusal('UNSUPPORTED_MEDIA_TYPE', {
    reason: `No template for ${JSON.stringify(key)}, and passthroughBehavior is ${passthrough}`,
    because: [source.location],
  });
}

function mapped(exchange: Exchange): Omit<IntegrationRequest, 'body'> {
  const headers: [string, string][] = [];
  const query: [string, string][] = [];
  const path: Record<string, string> = {};
  const sources = mappingSources(exchange);
  for (const { to, name, expression } of exchange.integration.parameters) {
    const values = mappedValues(expression, sources);
    if (to === 'path') {
      if (values.length > 0) path[name] = values[values.length - 1];
      continue;
    }
    (/header$/.test(to) ? headers : query).push(...values.map((value): [string, string] => [name, value]));
  }
  return { headers, query, path };
}
