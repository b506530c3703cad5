import { Owner, show } from '../../authoring/errors';
import { type RequestValue } from '../../integrations/request-value';
import { type HttpIntegrationContext } from '../binding';
import { type HttpIntegrationConfig } from '../integration-config';
import { expressionOf } from './expression';
import { type HttpResponseValue, responseExpressionOf } from './response-value';

/** What a mapping changes and how: `overwrite:header.x`. */
interface Change<Value> {
  readonly key: string;
  readonly value?: Value;
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html */
const RESERVED_HEADERS =
  /^(access-control-.*|apigw-.*|authorization|connection|content-(encoding|length|location)|forwarded|keep-alive|origin|proxy-(authenticate|authorization)|te|trailers|transfer-encoding|upgrade|x-amzn?-.*|x-forwarded-(for|host|proto)|via)$/i;
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/**
 * A change to the request before it goes to the back end.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
 */
export class HttpRequestParameter {
  /**
   * Sets a header, whatever the client sent.
   */
  public static overwriteHeader(name: string, value: RequestValue): HttpRequestParameter {
    return new HttpRequestParameter({ key: `overwrite:header.${headerName(name, 'HttpRequestParameter')}`, value });
  }

  /**
   * Adds a value to a header.
   */
  public static appendHeader(name: string, value: RequestValue): HttpRequestParameter {
    return new HttpRequestParameter({ key: `append:header.${headerName(name, 'HttpRequestParameter')}`, value });
  }

  /**
   * Takes a header away.
   */
  public static removeHeader(name: string): HttpRequestParameter {
    return new HttpRequestParameter({ key: `remove:header.${headerName(name, 'HttpRequestParameter')}` });
  }

  /**
   * Sets a query parameter, whatever the client sent.
   */
  public static overwriteQuery(name: string, value: RequestValue): HttpRequestParameter {
    return new HttpRequestParameter({ key: `overwrite:querystring.${queryName(name)}`, value });
  }

  /**
   * Adds a value to a query parameter.
   */
  public static appendQuery(name: string, value: RequestValue): HttpRequestParameter {
    return new HttpRequestParameter({ key: `append:querystring.${queryName(name)}`, value });
  }

  /**
   * Removes a query parameter.
   */
  public static removeQuery(name: string): HttpRequestParameter {
    return new HttpRequestParameter({ key: `remove:querystring.${queryName(name)}` });
  }

  /**
   * Sets the path of the request to the back end.
   *
   * @param path e.g. `RequestValue.literal('/v1/orders')`, `RequestValue.path('proxy')`
   */
  public static overwritePath(path: RequestValue): HttpRequestParameter {
    return new HttpRequestParameter({ key: 'overwrite:path', value: path });
  }

  private constructor(private readonly change: Change<RequestValue>) {}

  /** @internal */
  public _render(context: HttpIntegrationContext): readonly [string, string] {
    const { key, value } = this.change;
    return [key, value ? expressionOf(value, context) : "''"];
  }
}

/**
 * A change to the response of the back end before it goes to the client.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
 */
export class HttpResponseParameter {
  /**
   * Sets a header, whatever the back end sent.
   */
  public static overwriteHeader(name: string, value: HttpResponseValue): HttpResponseParameter {
    return new HttpResponseParameter({ key: `overwrite:header.${headerName(name, 'HttpResponseParameter')}`, value });
  }

  /**
   * Adds a value to a header.
   */
  public static appendHeader(name: string, value: HttpResponseValue): HttpResponseParameter {
    return new HttpResponseParameter({ key: `append:header.${headerName(name, 'HttpResponseParameter')}`, value });
  }

  /**
   * Removes a header, e.g. `Server`.
   */
  public static removeHeader(name: string): HttpResponseParameter {
    return new HttpResponseParameter({ key: `remove:header.${headerName(name, 'HttpResponseParameter')}` });
  }

  /**
   * Sets the status code.
   *
   * @param statusCode 200 to 599
   */
  public static overwriteStatusCode(statusCode: number): HttpResponseParameter {
    if (!Number.isInteger(statusCode) || statusCode < 200 || statusCode > 599) {
      throw new Owner('HttpResponseParameter').error(`the status code must be 200 to 599, got: ${show(statusCode)}`);
    }
    return new HttpResponseParameter({ key: 'overwrite:statuscode', text: String(statusCode) });
  }

  private constructor(private readonly change: Change<HttpResponseValue> & { readonly text?: string }) {}

  /** @internal */
  public _render(context: HttpIntegrationContext): readonly [string, string] {
    const { key, value, text } = this.change;
    return [key, text ?? (value ? responseExpressionOf(value, context) : "''")];
  }
}

/**
 * Changes to requests and responses.
 */
export interface HttpParameterMappingOptions {
  /**
   * Changes to the request before it goes to the back end. Not for reserved headers, e.g. `Authorization`.
   *
   * @default - none
   */
  readonly requestParameters?: HttpRequestParameter[];

  /**
   * Changes to the response before it goes to the client: status code of the back end → changes.
   *
   * @default - none
   */
  readonly responseParameters?: { [statusCode: string]: HttpResponseParameter[] };
}

/** `requestParameters` and `responseParameters` of the integration object, keys sorted. */
export function parameterMapping(
  options: HttpParameterMappingOptions,
  context: HttpIntegrationContext,
): Pick<HttpIntegrationConfig, 'requestParameters' | 'responseParameters'> {
  const { requestParameters, responseParameters } = options;
  const responses = Object.entries(responseParameters ?? {}).filter(([, changes]) => changes.length > 0);
  for (const [status] of responses) {
    if (!/^[2-5]\d\d$/.test(status)) {
      throw context.owner.error(
        `responseParameters has ${show(status)}; name status codes of the back end, 200 to 599, e.g. "404"`,
      );
    }
  }
  return {
    requestParameters: rendered(requestParameters, 'requestParameters', context),
    responseParameters:
      responses.length > 0
        ? Object.fromEntries(
            responses
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map(([status, changes]) => [
                status,
                rendered(changes, `responseParameters["${status}"]`, context) ?? {},
              ]),
          )
        : undefined,
  };
}

function rendered(
  changes: readonly (HttpRequestParameter | HttpResponseParameter)[] | undefined,
  where: string,
  context: HttpIntegrationContext,
): Record<string, string> | undefined {
  if (!changes || changes.length === 0) return undefined;
  const all = changes.map((change) => change._render(context));
  const keys = all.map(([key]) => key.toLowerCase());
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) {
    throw context.owner.error(`${where} has "${twice}" twice; each change is made once`);
  }
  return Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function headerName(name: string, owner: string): string {
  if (RESERVED_HEADERS.test(name)) {
    throw new Owner(owner).error(
      `the header ${show(name)} is reserved: API Gateway rejects a mapping of it. ` +
        (/^access-control-/i.test(name) ? 'For CORS, set cors of the gateway' : 'Use a custom header'),
    );
  }
  if (!HEADER_NAME.test(name)) throw new Owner(owner).error(`${show(name)} is not the name of a header`);
  return name;
}

function queryName(name: string): string {
  if (!/^[A-Za-z0-9._~:$-]+$/.test(name)) {
    throw new Owner('HttpRequestParameter').error(
      `${show(name)} is not the name of a query parameter; letters, digits and . _ ~ : $ - make one`,
    );
  }
  return name;
}
