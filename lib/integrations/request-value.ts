import { Token } from 'aws-cdk-lib';
import { STAGE_VARIABLE_NAME } from '../facts/names';
import { Owner, show } from '../authoring/errors';

/** A value of a request that is read, as a method of a REST API declares it. */
export interface RequestParameter {
  readonly in: 'path' | 'query' | 'header';
  readonly name: string;
  readonly required: boolean;
  /** Whether the integration reads it, so the response can depend on it. */
  readonly mapped?: boolean;
}

/** The source of a value, for renderers. */
export interface ValueSource {
  /** Text that is the same for every request. */
  readonly literal?: string;
  /** A Velocity expression that returns text, or null if the request has no such value. */
  readonly expression?: string;
  /** A second expression, used if the first returns nothing. */
  readonly fallback?: string;
  /** The place in the body that `expression` reads, if that may contain a number, an object or a list. */
  readonly jsonPath?: string;
  /** The same value in a parameter mapping, e.g. `method.request.path.id`. */
  readonly mapping?: string;
  /** The parameter of the request that the method must declare. */
  readonly parameter?: RequestParameter;
  readonly stageVariable?: string;
}

/**
 * A value that an integration takes from the request. It is escaped for its place, so no request can
 * add to, or leave, the intended field. A value that is missing in the request is the empty text; integrations of HTTP APIs with
 * AWS services respond to it with 400.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export class RequestValue {
  /**
   * A path variable of the route.
   *
   * @param name the name between the braces, without `+`
   */
  public static path(name: string): RequestValue {
    return new RequestValue({
      expression: `$input.params().path.get(${quoted(name, 'path', PARAMETER)})`,
      mapping: `method.request.path.${name}`,
      parameter: { in: 'path', name, required: true, mapped: true },
    });
  }

  /**
   * A query parameter; if it is in the query several times, one of its values. The method declares it as optional; to require it, set it in
   * `request.query` of the route.
   *
   * @param name the parameter, case-sensitive
   */
  public static query(name: string): RequestValue {
    return new RequestValue({
      expression: `$input.params().querystring.get(${quoted(name, 'query', PARAMETER)})`,
      mapping: `method.request.querystring.${name}`,
      parameter: { in: 'query', name, required: false, mapped: true },
    });
  }

  /**
   * A header, found as written here and in lower case. The method declares it as optional; to require it, set it in
   * `request.headers` of the route.
   *
   * @param name e.g. `Idempotency-Key`
   */
  public static header(name: string): RequestValue {
    const at = (key: string) => `$input.params().header.get(${quoted(key, 'header', HEADER)})`;
    return new RequestValue({
      expression: at(name),
      fallback: name === name.toLowerCase() ? undefined : at(name.toLowerCase()),
      mapping: `method.request.header.${name}`,
      parameter: { in: 'header', name, required: false, mapped: true },
    });
  }

  /**
   * The whole body, unchanged. An empty body is `{}`.
   */
  public static body(): RequestValue {
    return new RequestValue({ expression: '$input.body', mapping: 'method.request.body' });
  }

  /**
   * A part of the JSON body, or all of it, as JSON text: a string in it keeps its quotes. A missing value is `""`.
   *
   * @param jsonPath `$`, `$.order`, `$.lines[0].sku`
   */
  public static bodyJson(jsonPath: string = '$'): RequestValue {
    return new RequestValue({ expression: `$input.json('${checkedPath(jsonPath)}')`, mapping: bodyMapping(jsonPath) });
  }

  /**
   * One string, number or boolean of the JSON body, as plain text; of an object or a list, its JSON text. A number keeps its
   * exponent if that is above 17 or below -6.
   *
   * @param jsonPath `$.customer`, `$.lines[0].sku`
   */
  public static bodyField(jsonPath: string): RequestValue {
    return new RequestValue({
      expression: `$input.path('${checkedPath(jsonPath)}').toString()`,
      mapping: bodyMapping(jsonPath),
      jsonPath,
    });
  }

  /**
   * Data about the caller from the authorizer: `claims.sub` of a Cognito authorizer, `principalId` or a custom key of a
   * Lambda authorizer.
   *
   * @param name names joined by dots
   */
  public static authorizerContext(name: string): RequestValue {
    return RequestValue.context(`authorizer.${name}`);
  }

  /**
   * A context variable: `identity.sourceIp`, `requestTimeEpoch`.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#context-variable-reference
   * @param name names joined by dots, without `$context.`
   */
  public static context(name: string): RequestValue {
    const names = name.split('.');
    if (!names.every((part) => /^[A-Za-z0-9_:-]+$/.test(part))) {
      throw OWNER.error(`the context variable ${show(name)} must be names joined by dots, e.g. "identity.sourceIp"`);
    }
    // Below `authorizer`, names are the user's, and a property called `class` would be a method of Java's map.
    const foreign = (index: number) => names[0] === 'authorizer' && index > 0;
    const steps = names.map((part, index) =>
      foreign(index) ? `.get('${part}')` : /^[A-Za-z]\w*$/.test(part) ? `.${part}` : `["${part}"]`,
    );
    return new RequestValue({ expression: `$context${steps.join('')}.toString()`, mapping: `context.${name}` });
  }

  /**
   * The id that API Gateway assigns to the request; also in its access log.
   */
  public static requestId(): RequestValue {
    return RequestValue.context('requestId');
  }

  /**
   * The id of the connection that sent the message; for WebSocket APIs.
   */
  public static connectionId(): RequestValue {
    return RequestValue.context('connectionId');
  }

  /**
   * A stage variable.
   *
   * @param name A-Z a-z 0-9 and _; every stage must have it
   */
  public static stageVariable(name: string): RequestValue {
    const expression = `$stageVariables.get(${quoted(name, 'stage variable', STAGE_VARIABLE_NAME)})`;
    return new RequestValue({ expression, mapping: `stageVariables.${name}`, stageVariable: name });
  }

  /**
   * Text that is the same for every request.
   *
   * @param text any text; it is never interpreted as a template
   */
  public static literal(text: string): RequestValue {
    return new RequestValue({
      literal: text,
      mapping: text.includes("'") && !Token.isUnresolved(text) ? undefined : `'${text}'`,
    });
  }

  /** @internal */
  public readonly _source: ValueSource;

  private constructor(source: ValueSource) {
    this._source = source;
  }
}

const OWNER = new Owner('RequestValue');
const PARAMETER = /^[A-Za-z0-9._:$-]+$/;
const HEADER = /^[!#&*+.^_`|~0-9A-Za-z-]+$/;
const JSON_PATH = /^\$(\.[A-Za-z_][A-Za-z0-9_-]*|\[\d+\])*$/;

function quoted(name: string, kind: string, legal: RegExp): string {
  if (!legal.test(name))
    throw OWNER.error(`${show(name)} is not the name of a ${kind}${kind === 'stage variable' ? '' : ' parameter'}`);
  return `'${name}'`;
}

function checkedPath(jsonPath: string): string {
  if (!JSON_PATH.test(jsonPath)) {
    throw OWNER.error(
      `the JSON path ${show(jsonPath)} must start with "$" and consist of names and numbers, e.g. "$.lines[0].sku"`,
    );
  }
  return jsonPath;
}

function bodyMapping(jsonPath: string): string {
  return jsonPath === '$' ? 'method.request.body' : `method.request.body.${jsonPath.replace(/^\$\.?/, '')}`;
}
