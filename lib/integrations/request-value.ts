import { Token } from 'aws-cdk-lib';
import { STAGE_VARIABLE_NAME } from '../facts/names';
import { Owner, show } from '../authoring/errors';

/** What of a request is read, as a method of a REST API declares it. */
export interface RequestParameter {
  readonly in: 'path' | 'query' | 'header';
  readonly name: string;
  readonly required: boolean;
  /** Whether the integration reads it, so that it makes a difference to the response. */
  readonly mapped?: boolean;
}

/** Where a value comes from, for those who render it. */
export interface ValueSource {
  /** Text that is the same for every request. */
  readonly literal?: string;
  /** A Velocity expression that gives text, null where the request has no such value. */
  readonly expression?: string;
  /** A second expression, for where the first gives nothing. */
  readonly fallback?: string;
  /** The place in the body that `expression` reads, where that may hold a number, an object or a list. */
  readonly jsonPath?: string;
  /** The same value as parameter mappings name it, e.g. `method.request.path.id`. */
  readonly mapping?: string;
  /** What of the request the method must declare. */
  readonly parameter?: RequestParameter;
  readonly stageVariable?: string;
}

/**
 * A value that an integration takes from the request. It is escaped for the place where it is put, so that no request can
 * add to, or leave, the field that it is meant for. What the request does not have is the empty text; integrations of HTTP APIs with
 * AWS services answer 400 to it.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export class RequestValue {
  /**
   * A path variable of the route.
   *
   * @param name as it stands between the braces, without `+`
   */
  public static path(name: string): RequestValue {
    return new RequestValue({
      expression: `$input.params().path.get(${quoted(name, 'path', PARAMETER)})`,
      mapping: `method.request.path.${name}`,
      parameter: { in: 'path', name, required: true, mapped: true },
    });
  }

  /**
   * A query parameter; of one that stands in the query several times, one value. The method declares it as optional; say in
   * `request.query` of the route that it must be there.
   *
   * @param name the parameter, upper and lower case as clients send it
   */
  public static query(name: string): RequestValue {
    return new RequestValue({
      expression: `$input.params().querystring.get(${quoted(name, 'query', PARAMETER)})`,
      mapping: `method.request.querystring.${name}`,
      parameter: { in: 'query', name, required: false, mapped: true },
    });
  }

  /**
   * A header, found as it is written here and in lower case. The method declares it as optional; say in `request.headers` of
   * the route that it must be there.
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
   * The whole body as it was sent. An empty body is `{}`.
   */
  public static body(): RequestValue {
    return new RequestValue({ expression: '$input.body', mapping: 'method.request.body' });
  }

  /**
   * A part of the JSON body, or all of it, as JSON text: a string in it keeps its quotes. What is not there is `""`.
   *
   * @param jsonPath `$`, `$.order`, `$.lines[0].sku`
   */
  public static bodyJson(jsonPath: string = '$'): RequestValue {
    return new RequestValue({ expression: `$input.json('${checkedPath(jsonPath)}')`, mapping: bodyMapping(jsonPath) });
  }

  /**
   * One string, number or boolean of the JSON body, as plain text; of an object or a list, its JSON text. A number keeps its
   * exponent where that is above 17 or below -6.
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
   * What the authorizer says of the caller: `claims.sub` of a Cognito authorizer, `principalId` or a key of its own of a
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
    // Below `authorizer` names are the user's, and a property called `class` would be a method of Java's map.
    const foreign = (index: number) => names[0] === 'authorizer' && index > 0;
    const steps = names.map((part, index) =>
      foreign(index) ? `.get('${part}')` : /^[A-Za-z]\w*$/.test(part) ? `.${part}` : `["${part}"]`,
    );
    return new RequestValue({ expression: `$context${steps.join('')}.toString()`, mapping: `context.${name}` });
  }

  /**
   * The id that API Gateway gives the request; also in its access log.
   */
  public static requestId(): RequestValue {
    return RequestValue.context('requestId');
  }

  /**
   * The id of the connection that a message came by; of WebSocket APIs.
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
   * @param text any text; nothing in it is read as a template
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
      `the JSON path ${show(jsonPath)} must start with "$" and go by names and numbers only, e.g. "$.lines[0].sku"`,
    );
  }
  return jsonPath;
}

function bodyMapping(jsonPath: string): string {
  return jsonPath === '$' ? 'method.request.body' : `method.request.body.${jsonPath.replace(/^\$\.?/, '')}`;
}
