import { type IntegrationAnswer } from '../custom-back-ends';
import { type Answer, type HeaderFields, mediaTypeOf, merged } from '../exchange';
import { type Told } from '../recorder';
import { misconfigured } from '../refusal';
import { answerContent, bytesOf } from '../content';
import { type CompiledResponse } from './compile';
import { type Exchange, templateInput } from './exchange';
import { mappedValues } from '../mapping/mappings';
import { valueOfHeader } from '../multi-values';
import { type MappingTemplate } from '../mapping/templates';

/** The response of the API, from that of the back end: the first response whose pattern matches, else the default. */
export function answerOf(exchange: Exchange, answer: IntegrationAnswer, tell: (told: Told) => void): Answer {
  const { integration, scope, request, binary, sources } = exchange;
  const response = select(integration.responses, answer.selector);
  if (!response) {
    throw misconfigured(
      `No integration response matches ${JSON.stringify(answer.selector ?? '')}, and there is none without a pattern`,
      integration.because,
    );
  }
  const type = mediaTypeOf(Object.entries(answer.headers).map(([name, values]) => [name, values[0]]));
  const accept = valueOfHeader(request.headers, 'accept');
  const isMock = integration.type === 'MOCK';
  const content = answerContent(
    answer.body,
    !isMock && binary.isBinary(type),
    response.contentHandling,
    !isMock && binary.isAccepted(accept),
  );
  const chosen = templateFor(response.templates, accept);
  const isRendered = chosen !== undefined && chosen.template.source !== '';
  const body = isRendered
    ? { text: scope.render(chosen.template, templateInput(exchange, content, 'body of the back end')) }
    : content;
  const text = (): string => Buffer.from(answer.body).toString('utf8');
  const mapped = response.parameters.flatMap(({ name, expression }) =>
    mappedValues(expression, { ...sources, answer: { headers: answer.headers, body: text } })
      .filter((value) => value !== '')
      .map((value) => [name, value] as const),
  );
  const headers: HeaderFields = merged(
    merged([['Content-Type', chosen?.type ?? 'application/json']], mapped),
    scope.responseHeaders,
  );
  const status = scope.responseStatus ?? response.status;
  tell({
    note: `${response.matches ? 'A pattern matched' : 'The default response'}; status ${status}${isRendered ? `, body by the template for ${chosen.type}` : ''}`,
    because: [response.source.location],
    output: 'text' in body ? body.text : undefined,
  });
  return { status, headers, body: bytesOf(body) };
}

function select(responses: readonly CompiledResponse[], selector: string | undefined): CompiledResponse | undefined {
  const matching = selector === undefined ? undefined : responses.find(({ matches }) => matches?.(selector));
  return matching ?? responses.find(({ matches }) => matches === undefined);
}

function templateFor(
  templates: ReadonlyMap<string, MappingTemplate>,
  accept: string | undefined,
): { readonly type: string; readonly template: MappingTemplate } | undefined {
  const wanted = accept?.split(',')[0].split(';')[0].trim().toLowerCase() ?? '';
  for (const type of [wanted, 'application/json', ...templates.keys()]) {
    const template = templates.get(type);
    if (template) return { type, template };
  }
  return undefined;
}
