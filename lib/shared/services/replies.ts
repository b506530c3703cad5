import { jsonText } from '../velocity/template';

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

/** A body that says no more than the status does. */
export function messageOf(status: number): string {
  return `{"message":"${MESSAGES[status]}"}`;
}

/** A JSON object with one text of the service's answer, e.g. the id that it has given. */
export function textOf(name: string, jsonPath: string): string {
  return `#set($found = $input.path('${jsonPath}')){"${name}":"#if($found && $found != "")${jsonText('$found')}#end"}`;
}

/** What of an AWS service's own errors is the client's doing, by the end of the error's type; the rest is ours. */
export type ErrorTypes = Readonly<Record<string, number>>;

/** How a kind of gateway says what its answers are. */
export interface ReplyStyle {
  /** Velocity that answers with another status than the reply's own. */
  readonly answer: (status: number) => string;
  /** Velocity for an answer that says nothing but that it went well. */
  readonly done: string;
}

/** The replies of every AWS service: its message stays here, since it names accounts, roles and resources. */
export function errorReplies(style: ReplyStyle, types?: ErrorTypes): Reply[] {
  const bad: Reply = types ? byType(style, types) : { pattern: '400', status: 400, template: messageOf(400) };
  return [
    bad,
    { pattern: '413', status: 413, template: messageOf(413) },
    { pattern: '429|503', status: 503, template: messageOf(503) },
    { pattern: 'default', status: 500, template: messageOf(500) },
  ];
}

/** JSON services answer 400 to everything, a missing permission too, and tell errors apart by `__type`. */
function byType(style: ReplyStyle, types: ErrorTypes): Reply {
  const branches = Object.entries(types).map(
    ([type, status], index) => `#${index === 0 ? 'if' : 'elseif'}($type.endsWith("${type}"))${style.answer(status)}`,
  );
  const read = '#set($type = "")#set($found = $input.path(\'$.__type\'))#if($found)#set($type = $found)#end';
  return {
    pattern: '400',
    status: 500,
    overrides: [...new Set(Object.values(types))],
    template: `${read}\n${branches.join('')}#else${messageOf(500)}#end`,
  };
}
