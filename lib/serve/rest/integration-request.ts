import { type Told } from '../recorder';
import { Refusal } from '../refusal';
import { type HeaderFields, merged } from '../exchange';
import { requestContent } from '../content';
import { type Exchange, type IntegrationRequest, templateInput } from './exchange';
import { settable } from '../call-headers';
import { type CompiledIntegration } from './compile';
import { type MappingTemplate } from '../mapping/templates';
import { mappedValues } from '../mapping/mappings';

/** The template for a media type, else the one for all the others. */
export const templateOf = ({ templates }: CompiledIntegration, mediaType: string): MappingTemplate | undefined =>
  templates.get(mediaType) ?? templates.get('$default');

/** Makes the call of the back end out of the request: its template, then its mappings, then the overrides. @throws Refusal */
export function integrationRequest(exchange: Exchange, tell: (told: Told) => void): IntegrationRequest {
  const { integration, request, binary, scope } = exchange;
  const { because } = integration;
  const content = requestContent(request.body, binary.isBinary(request.sentType), integration.contentHandling);
  const template = integration.type.endsWith('_PROXY') ? undefined : templateOf(integration, request.mediaType);
  let body = content;
  if (template) {
    const text = scope.render(template, templateInput(exchange, content, 'request body'));
    body = { text };
    tell({ note: `The template for ${request.mediaType} made the body`, output: text, because });
  } else if (!integration.type.endsWith('_PROXY')) {
    passThrough(exchange);
    tell({ note: `No template for ${request.mediaType}: the body passes as it is`, because });
  }
  const set = mapped(exchange);
  return {
    body,
    headers: settable(merged(set.headers, scope.requestOverrides('header')), integration.type === 'AWS'),
    query: merged(set.query, scope.requestOverrides('querystring')),
    path: { ...set.path, ...Object.fromEntries(scope.requestOverrides('path')) },
  };
}

function passThrough({ integration, request }: Exchange): void {
  const { passthrough, templates, because } = integration;
  const isRefused = passthrough === 'NEVER' || (passthrough === 'WHEN_NO_TEMPLATES' && templates.size > 0);
  if (!isRefused) return;
  throw new Refusal('UNSUPPORTED_MEDIA_TYPE', {
    reason: `No template for ${request.mediaType}, and passthroughBehavior is ${passthrough}`,
    because,
  });
}

/** The event of a proxied function takes no mappings; headers that a call cannot have fail it anyway. @throws Refusal */
export const checkMappings = (exchange: Exchange): void => void settable(mapped(exchange).headers, true);

function mapped({ integration, sources }: Exchange): {
  headers: HeaderFields;
  query: HeaderFields;
  path: Record<string, string>;
} {
  const headers: [string, string][] = [];
  const query: [string, string][] = [];
  const path: Record<string, string> = {};
  for (const { to, name, expression } of integration.parameters) {
    const values = mappedValues(expression, sources);
    if (to === 'path') {
      if (values.length > 0) path[name] = values[values.length - 1];
      continue;
    }
    const into = /header$/.test(to) ? headers : query;
    into.push(...values.map((value): [string, string] => [name, value]));
  }
  return { headers, query, path };
}
