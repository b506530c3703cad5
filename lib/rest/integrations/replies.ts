import { type CorsDefinition } from '../../gateway/cors';
import { type ServiceErrors } from '../../facts/service-errors';
import * as shared from '../../integrations/services/replies';
import { messageOf, type Reply } from '../../integrations/services/replies';
import { type Document } from '../../document/skeleton';
import { PASSED_ON, passedOn, type TextOnly } from '../content-handling';
import { corsHeaders } from '../preflight';

export { messageOf, type Reply, textOf } from '../../integrations/services/replies';

/** Velocity that renders nothing; an empty template would give the back-end's body as it is. */
export const NO_BODY = '#set($none = "")';

/** Velocity that answers with another status than the reply's own. */
export function answer(status: number): string {
  return `#set($context.responseOverride.status = ${status})${messageOf(status)}`;
}

export const REST_STYLE: shared.ReplyStyle = { answer, done: NO_BODY };

/** The replies of every AWS service, on REST APIs. */
export function errorReplies(errors: ServiceErrors): Reply[] {
  return shared.errorReplies(REST_STYLE, errors);
}

/** What an integration answers. */
export interface RenderedReplies {
  /** The integration's `responses`. */
  readonly responses: Document;
  /** The method responses that go with them. */
  readonly declared: Record<string, string[]>;
  readonly textOnly: readonly TextOnly[];
}

/** The replies as the document has them. */
export function renderReplies(replies: readonly Reply[], cors: CorsDefinition | undefined): RenderedReplies {
  const { names, parameters, template: corsTemplate } = corsHeaders(cors);
  const declared: Record<string, string[]> = {};
  const declare = (status: number, headers: readonly string[]) => {
    const known = (declared[String(status)] ??= []);
    for (const header of headers) if (!known.includes(header)) known.push(header);
  };
  const responses: Document = {};
  for (const { pattern, status, template, headers = {}, overrides = [] } of replies) {
    declare(status, [...names, ...Object.keys(headers)]);
    for (const other of overrides) declare(other, names);
    const mapped = Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, value]);
    const all = { ...parameters, ...Object.fromEntries(mapped) };
    const body = template === undefined ? corsTemplate && passedOn(corsTemplate) : corsTemplate + template;
    responses[pattern] = {
      statusCode: String(status),
      responseParameters: Object.keys(all).length > 0 ? all : undefined,
      responseTemplates: !body ? undefined : { 'application/json': body },
    };
  }
  const isPassedOn = corsTemplate !== '' && replies.some(({ template }) => template === undefined);
  return { responses, declared, textOnly: isPassedOn ? [PASSED_ON] : [] };
}
