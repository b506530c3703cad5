import { type ServiceErrors } from '../../facts/service-errors';
import { jsonText } from '../velocity/template';

/** The response to the client for one kind of response of the back end. */
export interface Reply {
  /** Regular expression for the back end's status code; `default` for all others. */
  readonly pattern: string;
  readonly status: number;
  /** Response template; without one, the back end's body is passed on unchanged. */
  readonly template?: string;
  /** Response header → mapping expression. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Statuses that the template may set instead of `status`. */
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

/** A body with only the text of the status. */
export function messageOf(status: number): string {
  return `{"message":"${MESSAGES[status]}"}`;
}

/** A JSON object with one text from the service's response, e.g. the id that it assigned. */
export function textOf(name: string, jsonPath: string): string {
  return `#set($found = $input.path('${jsonPath}')){"${name}":"#if($found && $found != "")${jsonText('$found')}#end"}`;
}

/** The way in which a kind of gateway writes its responses. */
export interface ReplyStyle {
  /** Velocity that responds with another status than the reply's own. */
  readonly answer: (status: number) => string;
  /** Velocity for a response that reports only success. */
  readonly done: string;
}

/** The replies of every AWS service: its message is not passed on, since it names accounts, roles and resources. */
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

function byCode(pattern: string, style: ReplyStyle, errors: ServiceErrors): Reply {
  const { codeAt, codes, otherwise, missingItem } = errors;
  const answer = (status: number) => (status === otherwise ? messageOf(status) : style.answer(status));
  const branches = (
    codeAt === 'body' ? byStatus(codes) : Object.entries(codes).map(([code, status]) => ({ codes: [code], status }))
  ).map(
    ({ codes: some, status }, index) =>
      `#${index === 0 ? 'if' : 'elseif'}(${some.map(TESTS[codeAt]).join(' || ')})${answer(status)}`,
  );
  const missing = missingItem === undefined ? [] : [missingItem];
  const first = missing.map((status) => `#set($held = $input.path('$.Item'))#if(${NO_ITEM})${answer(status)}#{else}`);
  return {
    pattern,
    status: otherwise,
    overrides: [...new Set([...missing, ...Object.values(codes)])].filter((status) => status !== otherwise),
    template: `${READS[codeAt]}\n${first.join('')}${branches.join('')}#else${answer(otherwise)}#end${first.length > 0 ? '#end' : ''}`,
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

/** DynamoDB returns the item whose condition failed on request; on API Gateway, a missing value equals the empty text. */
const NO_ITEM = `${TESTS.__type('ConditionalCheckFailedException')} && (!$held || $held == "")`;

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
