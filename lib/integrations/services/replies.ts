import { type ServiceErrors } from '../../facts/service-errors';
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

/** How a kind of gateway says what its answers are. */
export interface ReplyStyle {
  /** Velocity that answers with another status than the reply's own. */
  readonly answer: (status: number) => string;
  /** Velocity for an answer that says nothing but that it went well. */
  readonly done: string;
}

/** The replies of every AWS service: its message stays here, since it names accounts, roles and resources. */
export function errorReplies(style: ReplyStyle, errors: ServiceErrors): Reply[] {
  return [
    byCode('400', style, errors),
    { pattern: '413', status: 413, template: messageOf(413) },
    { pattern: '429|503', status: 503, template: messageOf(503) },
    errors.throttledElsewhere
      ? byCode('default', style, throttling(errors))
      : { pattern: 'default', status: 500, template: messageOf(500) },
  ];
}

function byCode(pattern: string, style: ReplyStyle, { codeAt, codes, otherwise }: ServiceErrors): Reply {
  const answer = (status: number) => (status === otherwise ? messageOf(status) : style.answer(status));
  const branches = (
    codeAt === 'body' ? byStatus(codes) : Object.entries(codes).map(([code, status]) => ({ codes: [code], status }))
  ).map(
    ({ codes: some, status }, index) =>
      `#${index === 0 ? 'if' : 'elseif'}(${some.map(TESTS[codeAt]).join(' || ')})${answer(status)}`,
  );
  return {
    pattern,
    status: otherwise,
    overrides: [...new Set(Object.values(codes))].filter((status) => status !== otherwise),
    template: `${READS[codeAt]}\n${branches.join('')}#else${answer(otherwise)}#end`,
  };
}

function throttling(errors: ServiceErrors): ServiceErrors {
  const codes = Object.entries(errors.codes).filter(([, status]) => status === 503);
  return { ...errors, codes: Object.fromEntries(codes), otherwise: 500 };
}

const READS: Readonly<Record<ServiceErrors['codeAt'], string>> = {
  __type: '#set($type = "")#set($found = $input.path(\'$.__type\'))#if($found)#set($type = $found)#end',
  body: '#set($body = $input.body)',
};

const TESTS: Readonly<Record<ServiceErrors['codeAt'], (code: string) => string>> = {
  __type: (code) => `$type.endsWith("${code}")`,
  body: (code) => `$body.indexOf('${code}"') >= 0 || $body.indexOf("${code}</Code>") >= 0`,
};

/** Codes of one status that follow each other. */
function byStatus(codes: ServiceErrors['codes']): { readonly codes: string[]; readonly status: number }[] {
  const groups: { readonly codes: string[]; readonly status: number }[] = [];
  for (const [code, status] of Object.entries(codes)) {
    const last = groups.at(-1);
    if (last?.status === status) last.codes.push(code);
    else groups.push({ codes: [code], status });
  }
  return groups;
}
