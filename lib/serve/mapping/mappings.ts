import { contextValue } from '../context-values';
import { textAt } from '../jsonpath/text';
import { valueOfHeader, valuesOfHeader, type MultiValues } from '../multi-values';
import { misconfigured, Refusal } from '../refusal';
import { TemplateError } from '../vtl/scanner';
import { type RequestContext } from '../context';

/** What mapping expressions read. */
export interface MappingSources {
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly query: MultiValues;
  readonly headers: MultiValues;
  /** The text of the request body. */
  readonly body: () => string;
  readonly context: RequestContext;
  readonly stageVariables: Readonly<Record<string, string>>;
  /** The response of the back end, once there is one. */
  readonly answer?: { readonly headers: MultiValues; readonly body: () => string };
}

/** The values of a mapping expression: none if what it names is not there. */
export function mappedValues(expression: string, sources: MappingSources): readonly string[] {
  if (/^'[^]*'$/.test(expression)) return [expression.slice(1, -1)];
  // Routes of WebSocket APIs name the same things after the route.
  const [, named, below, whole, path] = PREFIX.exec(expression.replace(/^route\./, 'method.')) ?? [];
  const prefix = named ?? whole;
  const rest = below ?? path ?? '';
  const name = rest.slice(1);
  const { pathParameters, query, headers, context, stageVariables, answer } = sources;
  switch (prefix) {
    case 'method.request.path':
      return one(own(pathParameters, name));
    case 'method.request.querystring':
      return one(own(query, name)?.at(-1));
    case 'method.request.multivaluequerystring':
      return own(query, name) ?? [];
    case 'method.request.header':
      return one(valueOfHeader(headers, name));
    case 'method.request.multivalueheader':
      return one(valuesOfHeader(headers, name)?.join(','));
    case 'method.request.body':
      return one(ofRequestBody(sources.body(), rest));
    case 'integration.response.header':
      return one(answer && valueOfHeader(answer.headers, name));
    case 'integration.response.multivalueheader':
      return one(answer && valuesOfHeader(answer.headers, name)?.join(','));
    case 'integration.response.body':
      return one(answer && ofAnswer(answer.body(), rest));
    case 'context':
      return one(contextValue(context, name));
    case 'stageVariables':
      return one(own(stageVariables, name));
    default:
      return [];
  }
}

const PREFIX =
  /^(method\.request\.(?:path|querystring|multivaluequerystring|header|multivalueheader)|integration\.response\.(?:header|multivalueheader)|context|stageVariables)(\..+)$|^((?:method\.request|integration\.response)\.body)(.*)$/s;

const one = (value: string | undefined): readonly string[] => (value === undefined ? [] : [value]);

const own = <T>(values: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(values, name) ? values[name] : undefined;

/** @param path `.a.b`, `[0]`, or nothing for the whole body */
function ofRequestBody(body: string, path: string): string | undefined {
  return ofBody(body, path, (reason) => {
    return new Refusal('BAD_REQUEST_BODY', {
      reason: `A parameter is mapped from method.request.body${path}, and the body is not JSON: ${reason}`,
      message: 'Invalid JSON in request body',
    });
  });
}

function ofAnswer(body: string, path: string): string | undefined {
  const found = ofBody(body, path, (reason) =>
    misconfigured(
      `A header is mapped from integration.response.body${path}, and the body of the back end is not JSON: ${reason}`,
    ),
  );
  return found ?? insideText(body, path);
}

/** A body that begins like JSON has to be JSON, even if it is mapped as a whole. */
function ofBody(body: string, path: string, fault: (reason: string) => Refusal): string | undefined {
  const text = body === '' ? '{}' : body;
  try {
    const found = textAt(text, path);
    return path === '' ? text : found;
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    if (/^\s*[[{]/.test(text)) throw fault(error.message);
    return path === '' ? text : undefined;
  }
}

/** The message of a function's error may be JSON itself, and paths lead on into it. */
function insideText(body: string, path: string): string | undefined {
  try {
    for (let at = path.indexOf('.', 1); at > 0; at = path.indexOf('.', at + 1)) {
      const text = textAt(body, path.slice(0, at));
      if (text !== undefined && /^\s*\{/.test(text)) return textAt(text, path.slice(at));
    }
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
  }
  return undefined;
}
