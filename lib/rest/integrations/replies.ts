import { type CorsDefinition } from '../../shared/cors';
import { type Document } from '../../shared/spliced-body';
import { corsHeaders } from '../preflight';

/** How one kind of answer of the back-end is given to the client. */
export interface Reply {
  /** Regular expression over the back-end's status code; `default` for all the others. */
  readonly pattern: string;
  readonly status: number;
  /** Response template; none gives the back-end's body as it is. */
  readonly template?: string;
  /** Response header → mapping expression. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Statuses that the template may set in place of `status`. */
  readonly overrides?: readonly number[];
}

const MESSAGES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  404: 'Not found',
  409: 'Conflict',
  413: 'Payload too large',
  500: 'Internal server error',
  502: 'Bad gateway',
  503: 'Service unavailable',
  504: 'Gateway timeout',
};

/** Velocity that renders nothing; an empty template would give the back-end's body as it is. */
export const NO_BODY = '#set($none = "")';

/** A body that says no more than the status does. */
export function messageOf(status: number): string {
  return `{"message":"${MESSAGES[status]}"}`;
}

/** Velocity that answers with another status than the reply's own. */
export function answer(status: number): string {
  return `#set($context.responseOverride.status = ${status})${messageOf(status)}`;
}

/** A JSON object with one text of the service's answer, e.g. the id that it has given. */
export function textOf(name: string, jsonPath: string): string {
  return `#set($found = $input.path('${jsonPath}')){"${name}":"#if($found && $found != "")$util.escapeJavaScript($found)#end"}`;
}

/** What of an AWS service's own errors is the client's doing, by the end of the error's type; the rest is ours. */
export type ErrorTypes = Readonly<Record<string, number>>;

/** The replies of every AWS service: its message stays here, since it names accounts, roles and resources. */
export function errorReplies(types?: ErrorTypes): Reply[] {
  const bad: Reply = types ? byType(types) : { pattern: '400', status: 400, template: messageOf(400) };
  return [
    bad,
    { pattern: '413', status: 413, template: messageOf(413) },
    { pattern: '429|503', status: 503, template: messageOf(503) },
    { pattern: 'default', status: 500, template: messageOf(500) },
  ];
}

/** JSON services answer 400 to everything, a missing permission too, and tell errors apart by `__type`. */
function byType(types: ErrorTypes): Reply {
  const branches = Object.entries(types).map(
    ([type, status], index) => `#${index === 0 ? 'if' : 'elseif'}($type.endsWith("${type}"))${answer(status)}`,
  );
  const read = '#set($type = "")#set($found = $input.path(\'$.__type\'))#if($found)#set($type = $found)#end';
  return {
    pattern: '400',
    status: 500,
    overrides: [...new Set(Object.values(types))],
    template: `${read}\n${branches.join('')}#else${messageOf(500)}#end`,
  };
}

/** The integration's `responses`, and the method responses that go with them. */
export function renderReplies(
  replies: readonly Reply[],
  cors: CorsDefinition | undefined,
): { responses: Document; declared: Record<string, string[]> } {
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
    const body = template === undefined ? corsTemplate && `${corsTemplate}$input.body` : corsTemplate + template;
    responses[pattern] = {
      statusCode: String(status),
      responseParameters: Object.keys(all).length > 0 ? all : undefined,
      responseTemplates: !body ? undefined : { 'application/json': body },
    };
  }
  return { responses, declared };
}
