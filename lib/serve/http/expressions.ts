import { contextValue } from '../context-values';
import { textAt } from '../jsonpath/text';
import { type MultiValues } from '../multi-values';
import { TemplateError } from '../vtl/scanner';
import { type HttpContext } from './context';
import { type HttpRequest } from './request';

/** What expressions of an HTTP API read. */
export interface Sources {
  readonly request: HttpRequest;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly context: HttpContext;
  readonly stageVariables: Readonly<Record<string, string>>;
  /** The response of the back end, once there is one. */
  readonly answer?: { readonly headers: MultiValues; readonly body: Uint8Array };
}

const VARIABLE = /^\$((?:request|response|context|stageVariables)\..+)$/s;
const IN_BRACES = /\$\{([^{}]+)\}/g;

/** Bytes of a body that a path into it can see. */
const BODY_SEEN_MAX = 100 * 1024;

/**
 * The value of a mapping: `$request.header.x`, a text with `${request.header.x}` in it, or a text as it is.
 *
 * @returns undefined if what it names is not in the request
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
 */
export function valueOf(expression: string, sources: Sources): string | undefined {
  const [, name] = VARIABLE.exec(expression) ?? [];
  if (name !== undefined) return variable(name, sources);
  return expression.replace(IN_BRACES, (written, inner: string) => {
    const inBraces = inner.trim().replace(/^\$/, '');
    return VARIABLE.test(`$${inBraces}`) ? (variable(inBraces, sources) ?? '') : written;
  });
}

function variable(
  name: string,
  { request, pathParameters, context, stageVariables, answer }: Sources,
): string | undefined {
  const [, source = name, rest = ''] =
    /^((?:request|response)\.(?:header|querystring|path|body)|context|stageVariables)(.*)$/s.exec(name) ?? [];
  const key = rest.slice(1);
  switch (source) {
    case 'request.header':
      return joined(request.headers, key.toLowerCase());
    case 'request.querystring':
      return joined(request.query, key);
    case 'request.path':
      return rest === '' ? request.path : own(pathParameters, key);
    case 'request.body':
      return inBody(request.body, rest);
    case 'response.header':
      return answer && joined(answer.headers, key.toLowerCase());
    case 'response.body':
      return answer && inBody(answer.body, rest);
    case 'context':
      return contextValue(context, key);
    case 'stageVariables':
      return own(stageVariables, key);
    default:
      return undefined;
  }
}

const own = <T>(values: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(values, name) ? values[name] : undefined;

const joined = (values: MultiValues, name: string): string | undefined => own(values, name)?.join(',');

/** @param path `.a.b`, `[0]`, or nothing for the whole body */
function inBody(body: Uint8Array, path: string): string | undefined {
  const text = Buffer.from(body).toString('utf8');
  if (path === '') return text === '' ? undefined : text;
  // Neither descent nor filters are supported, and a longer body is cut off, so that it is no JSON.
  if (/\.\.|\?\(/.test(path) || body.length > BODY_SEEN_MAX || text === '') return undefined;
  try {
    return textAt(text, path);
  } catch (error) {
    if (error instanceof TemplateError) return undefined;
    throw error;
  }
}
