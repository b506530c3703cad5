import { type RequestContext } from '../context';
import { contextValue } from '../context-values';
import { evaluatePath } from '../jsonpath/evaluate';
import { parsePath } from '../jsonpath/parse';
import { valueOfHeader, valuesOfHeader, type MultiValues } from '../multi-values';
import { readJson } from '../vtl/json';
import { print } from '../vtl/print';
import { TemplateError } from '../vtl/scanner';
import { JavaList, type Value } from '../vtl/values';
import { type ReadVariable } from './expression';

/** A message as expressions read it. It is parsed once, and only if an expression asks. */
export class Message {
  private json?: { readonly value?: Value };

  constructor(public readonly text: string) {}

  public get isJson(): boolean {
    return this.parsed.value !== undefined;
  }

  /** What a JSONPath finds, as text; undefined if nothing. @param path `.a.b`, or nothing for the whole message */
  public at(path: string): string | undefined {
    const { value } = this.parsed;
    if (value === undefined) return undefined;
    try {
      const found = evaluatePath(parsePath(`$${path}`), value);
      return found === undefined || found === null ? undefined : textOf(found);
    } catch (error) {
      if (error instanceof TemplateError) return undefined;
      throw error;
    }
  }

  private get parsed(): { readonly value?: Value } {
    return (this.json ??= tryRead(this.text));
  }
}

function tryRead(text: string): { readonly value?: Value } {
  try {
    return { value: readJson(text) };
  } catch (error) {
    if (error instanceof TemplateError) return {};
    throw error;
  }
}

/** Lists become `[item1, item2]`. */
const textOf = (value: Value): string =>
  value instanceof JavaList ? `[${value.items.map(textOf).join(', ')}]` : print(value);

/** The parts of an event, and of the response of its back end, that expressions can read. */
export interface VariableSources {
  readonly message: Message;
  readonly headers: MultiValues;
  readonly query: MultiValues;
  readonly context: RequestContext;
  readonly stageVariables: Readonly<Record<string, string>>;
  readonly answer?: { readonly status: number; readonly headers: MultiValues; readonly body: Message };
}

const BODY = /^(request|integration\.response)\.body((?:\.|\[).*)?$/s;
const NAMED = /^(.*?(?:header|querystring)|context|stageVariables)\.(.+)$/s;

export const variableReader =
  ({ message, headers, query, context, stageVariables, answer }: VariableSources): ReadVariable =>
  (name) => {
    const [, of, path = ''] = BODY.exec(name) ?? [];
    if (of !== undefined) return (of === 'request' ? message : answer?.body)?.at(path);
    if (name === 'integration.response.statuscode') return answer && String(answer.status);
    const [, where, key = ''] = NAMED.exec(name) ?? [];
    switch (where) {
      case 'request.header':
        return valueOfHeader(headers, key);
      case 'request.querystring':
        return Object.hasOwn(query, key) ? query[key].at(-1) : undefined;
      case 'integration.response.header':
        return answer && valueOfHeader(answer.headers, key);
      case 'integration.response.multivalueheader':
        return answer && valuesOfHeader(answer.headers, key)?.join(',');
      case 'context':
        return contextValue(context, key);
      case 'stageVariables':
        return Object.hasOwn(stageVariables, key) ? stageVariables[key] : undefined;
      default:
        return undefined;
    }
  };
