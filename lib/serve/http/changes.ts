import { RESERVED_MAPPING_HEADERS } from '../../facts/http-integrations';
import { type Location } from '../../template/model/place';
import { type HeaderFields } from '../exchange';
import { collected, type MultiValues } from '../multi-values';
import { misconfigured } from '../refusal';
import { type Sources, valueOf } from './expressions';
import { type HttpRequest } from './request';

/** A change of a request or an answer: `append:header.x`. */
export interface Change {
  readonly action: string;
  readonly part: string;
  readonly name: string;
  readonly expression: string;
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html */
export const changesOf = (parameters: Readonly<Record<string, string>>): Change[] =>
  Object.entries(parameters).flatMap(([key, expression]) => {
    const [, action, part, name = ''] =
      /^(append|overwrite|remove):(header|querystring|path|statuscode)(?:\.(.+))?$/s.exec(key) ?? [];
    return action === undefined ? [] : [{ action, part, name, expression }];
  });

/** Changes values of one name as a mapping does; a value that is not there changes nothing. */
function changed(values: MultiValues, name: string, action: string, value: string | undefined): MultiValues {
  const { [name]: before, ...others } = values;
  if (action === 'remove') return others;
  if (value === undefined) return values;
  return { ...others, [name]: action === 'append' && Object.hasOwn(values, name) ? [...before, value] : [value] };
}

/** A request with its changes, and the path that replaces that of the back end. */
export interface ChangedRequest {
  readonly request: HttpRequest;
  readonly path?: string;
}

/** The request as the back end gets it. @throws Refusal for headers that no mapping may change */
export function changedRequest(
  changes: readonly Change[],
  sources: Sources,
  because: readonly Location[],
): ChangedRequest {
  let { headers, query } = sources.request;
  let path: string | undefined;
  for (const { action, part, name, expression } of changes) {
    const value = action === 'remove' ? undefined : valueOf(expression, sources);
    if (part === 'header') headers = changed(headers, settable(name, because), action, value);
    else if (part === 'querystring') query = changed(query, name, action, value);
    else if (part === 'path') path = value ?? path;
  }
  const rawQuery = query === sources.request.query ? sources.request.rawQuery : encodedQuery(query);
  return { request: { ...sources.request, headers, query, rawQuery }, ...(path === undefined ? {} : { path }) };
}

const encodedQuery = (query: MultiValues): string =>
  Object.entries(query)
    .flatMap(([name, values]) => values.map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`))
    .join('&');

/** A response with its changes. @throws Refusal for headers that no mapping may change */
export function changedAnswer(
  changes: readonly Change[],
  { status, headers, body }: { readonly status: number; readonly headers: HeaderFields; readonly body: Uint8Array },
  sources: Sources,
  because: readonly Location[],
): { readonly status: number; readonly headers: HeaderFields; readonly body: Uint8Array } {
  const before = collected(headers.map(([name, value]) => [name.toLowerCase(), value] as const));
  const known: Sources = { ...sources, answer: { headers: before, body } };
  let now = { status, headers };
  for (const { action, part, name, expression } of changes) {
    const value = action === 'remove' ? undefined : valueOf(expression, known);
    if (part === 'statuscode') now = { ...now, status: statusOf(value) ?? now.status };
    if (part !== 'header') continue;
    const lower = settable(name, because);
    const isKept = action === 'append' || (action === 'overwrite' && value === undefined);
    const others = isKept ? now.headers : now.headers.filter(([each]) => each.toLowerCase() !== lower);
    now = { ...now, headers: value === undefined ? others : [...others, [name, value]] };
  }
  return { ...now, body };
}

const statusOf = (value: string | undefined): number | undefined =>
  value !== undefined && /^[2-5]\d\d$/.test(value) ? Number(value) : undefined;

function settable(name: string, because: readonly Location[]): string {
  if (RESERVED_MAPPING_HEADERS.test(name)) {
    throw misconfigured(`The header ${name} is reserved: API Gateway accepts no mapping that changes it`, because);
  }
  return name.toLowerCase();
}
