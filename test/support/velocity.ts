import { render as renderVelocity } from 'velocityjs';
import { type Json } from './stacks';

/** A request, or the answer of a back-end, as a mapping template sees it. */
export interface VelocityInput {
  readonly body?: string;
  readonly path?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly header?: Record<string, string>;
  readonly context?: Record<string, unknown>;
  readonly stageVariables?: Record<string, string>;
  /** What `$input.path()` gives for what is not there. */
  readonly missing?: null | '';
}

export interface Rendered {
  readonly text: string;
  /** `$context.responseOverride.status`, where the template has set it. */
  readonly status?: number;
  readonly headers: Record<string, string>;
}

/**
 * Renders a mapping template with the variables that API Gateway gives it.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export function renderTemplate(template: string, input: VelocityInput = {}): Rendered {
  const responseOverride: { status?: number; header: Record<string, string> } = { header: {} };
  const context = { requestId: 'request-1', ...(javaOf(input.context ?? {}) as Json), responseOverride };
  const text = renderVelocity(template, {
    input: inputOf(input),
    util: UTIL,
    context: mapOf(context),
    stageVariables: mapOf(input.stageVariables ?? {}),
  });
  const unknown =
    /\$!?\{?(input|util|context|stageVariables)\b/.exec(template) && /\$(input|util|stageVariables)[.[]/.exec(text);
  if (unknown && !JSON.stringify(input).includes(unknown[0])) throw new Error(`not rendered: ${text}`);
  return { text, status: responseOverride.status, headers: responseOverride.header };
}

function inputOf({ body = '', path = {}, query = {}, header = {}, missing = null }: VelocityInput) {
  const params = { path: mapOf(path), querystring: mapOf(query), header: mapOf(header) };
  const at = (jsonPath: string) => jsonAt(parsed(body === '' ? '{}' : body), jsonPath);
  return {
    // API Gateway gives an empty body as an empty object.
    body: body === '' ? '{}' : body,
    json: (jsonPath: string) => JSON.stringify(at(jsonPath) ?? ''),
    path: (jsonPath: string) => javaOf(at(jsonPath) ?? missing),
    params: (name?: string) => (name === undefined ? params : (path[name] ?? query[name] ?? header[name] ?? '')),
  };
}

/** In a body that is no JSON there is nothing. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** A map of Java's, which answers `.name` and `.get('name')`, and has nothing that JavaScript objects have. */
function mapOf(values: Record<string, Json>): Json {
  const own = new Map(Object.entries(values));
  return Object.assign(Object.create(null), values, {
    get: (name: string) => own.get(name) ?? null,
    keySet: () => [...own.keys()],
    toString: () => `{${[...own].map(([name, value]) => `${name}=${value}`).join(', ')}}`,
  });
}

/** A value of JSON, with every object in it as a map of Java's. */
function javaOf(value: Json): Json {
  if (Array.isArray(value)) return value.map(javaOf);
  if (typeof value !== 'object' || value === null) return value;
  return mapOf(Object.fromEntries(Object.entries(value).map(([name, each]) => [name, javaOf(each)])));
}

function jsonAt(root: unknown, jsonPath: string): unknown {
  const steps = [...jsonPath.matchAll(/\.([\w-]+)|\[(\d+)\]/g)].map((match) => match[1] ?? Number(match[2]));
  return steps.reduce<Json>((value, step) => (value === null || value === undefined ? undefined : value[step]), root);
}

/** A string of Java's, as far as templates call its methods. */
class JavaString {
  constructor(private readonly text: string) {}

  /** The pattern is a regular expression, and `\` and `$` of the replacement are special. */
  public replaceAll(pattern: string, replacement: string): string {
    if (/[\\$]/.test(replacement)) throw new Error(`unescaped replacement: ${replacement}`);
    return this.text.replace(new RegExp(pattern, 'gu'), replacement);
  }

  public toString(): string {
    return this.text;
  }
}

const SHORT: Record<string, string> = { '\b': '\\b', '\n': '\\n', '\t': '\\t', '\f': '\\f', '\r': '\\r' };

const UTIL = {
  /** As Apache Commons Lang 2 does it, single quote and slash included. */
  escapeJavaScript: (value: unknown) => {
    if (typeof value !== 'string') throw new Error(`escapeJavaScript takes a string, got: ${typeof value}`);
    const escape = (c: string) =>
      SHORT[c] ?? (/['"\\/]/.test(c) ? `\\${c}` : `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`);
    return new JavaString(value.replace(/['"\\/]|[^ -\u007f]/g, escape));
  },
  urlEncode: (value: string) =>
    encodeURIComponent(value)
      .replace(/[!'()~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
      .replaceAll('%20', '+'),
  base64Encode: (value: string) => Buffer.from(value, 'utf8').toString('base64'),
};

const PSEUDO: Record<string, string> = {
  'AWS::Region': 'eu-west-1',
  'AWS::Partition': 'aws',
  'AWS::AccountId': '123456789012',
};

/** Part of a template with its intrinsics in the place of what CloudFormation would put there. */
export function deployed(value: Json): Json {
  if (Array.isArray(value)) return value.map(deployed);
  if (typeof value !== 'object' || value === null) return value;
  const [[key, argument]] = Object.entries<Json>(value).length === 1 ? Object.entries<Json>(value) : [['', undefined]];
  if (key === 'Ref') return PSEUDO[argument] ?? argument;
  if (key === 'Fn::GetAtt') return argument.join('.');
  if (key === 'Fn::Sub') {
    return String(argument).replace(/\$\{(!?)([^}]*)\}/g, (_all, literal, name) =>
      literal ? `\${${name}}` : (PSEUDO[name] ?? name),
    );
  }
  if (key === 'Fn::Join') return deployed(argument[1]).join(argument[0]);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, deployed(item)]));
}
