import { Token } from 'aws-cdk-lib';
import { type GatewayKind, KINDS } from '../facts/kinds';
import { CONTEXT_VARIABLE, QUOTED_LOG_VARIABLES } from '../facts/log-variables';
import { type Owner, show } from '../authoring/errors';
import { checkSecrets, checkVariables } from './access-log-variables';
import { DEFAULT_LOG_FIELDS, fieldName } from './default-log-fields';
import { type HttpAccessLogField } from './http-access-log-field';
import { type RestAccessLogField } from './rest-access-log-field';
import { type WebSocketAccessLogField } from './websocket-access-log-field';
import { put } from '../lookup/named';

/** A format in the form that the stage needs. */
export interface RenderedLogFormat {
  readonly text: string;
  /** Name of the JSON field → variable; empty if the format is not a flat JSON object. */
  readonly fields: Readonly<Record<string, string>>;
}

/** More fields of an access log, in addition to those that the service has a name for. */
export interface AccessLogFieldsOptions {
  /**
   * Name of the field → variable without `$context.`, e.g. `{ tenant: 'authorizer.tenant' }` for a value that an authorizer
   * returns. No keys or tokens.
   *
   * @default - none
   */
  readonly additional?: { [field: string]: string };
}

/** Fields of the access log of a REST API. */
export interface RestAccessLogFormatOptions extends AccessLogFieldsOptions {
  /**
   * The fields.
   *
   * @default - all that help to determine which caller called what, with which result, and why
   */
  readonly fields?: RestAccessLogField[];
}

/** Fields of the access log of an HTTP API. */
export interface HttpAccessLogFormatOptions extends AccessLogFieldsOptions {
  /**
   * The fields.
   *
   * @default - all that help to determine which caller called what, with which result, and why
   */
  readonly fields?: HttpAccessLogField[];
}

/** Fields of the access log of a WebSocket API. */
export interface WebSocketAccessLogFormatOptions extends AccessLogFieldsOptions {
  /**
   * The fields.
   *
   * @default - all that help to determine which caller called what, with which result, and why
   */
  readonly fields?: WebSocketAccessLogField[];
}

/**
 * The format of each entry of an access log.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-access-logging.html
 */
export abstract class AccessLogFormat {
  /** JSON for a REST API, every value quoted. The request id is added if it is missing. */
  public static rest(options: RestAccessLogFormatOptions = {}): AccessLogFormat {
    return new JsonFormat('rest', variables(options.fields), options.additional);
  }

  /** JSON for an HTTP API, every value quoted. The request id is added if it is missing. */
  public static http(options: HttpAccessLogFormatOptions = {}): AccessLogFormat {
    return new JsonFormat('http', variables(options.fields), options.additional);
  }

  /** JSON for a WebSocket API, every value quoted. The request id is added if it is missing. */
  public static webSocket(options: WebSocketAccessLogFormatOptions = {}): AccessLogFormat {
    return new JsonFormat('websocket', variables(options.fields), options.additional);
  }

  /** The Common Log Format of web servers. Alarms and queries on the access log require JSON. */
  public static clf(): AccessLogFormat {
    return new ClfFormat();
  }

  /**
   * A custom format: one line with `$context` variables, including `$context.requestId` or `$context.extendedRequestId`,
   * and no keys or tokens.
   *
   * @param format e.g. `{"id":"$context.requestId","status":"$context.status"}`
   */
  public static custom(format: string): AccessLogFormat {
    return new CustomFormat(format);
  }

  /** @internal */
  public abstract _render(kind: GatewayKind, owner: Owner): RenderedLogFormat;
}

/** Renders a JSON object of strings. */
export function jsonFormat(fields: Readonly<Record<string, string>>): string {
  return JSON.stringify(
    Object.fromEntries(Object.entries(fields).map(([name, variable]) => [name, `$context.${variable}`])),
  );
}

type Field = RestAccessLogField | HttpAccessLogField | WebSocketAccessLogField;
const variables = (fields?: readonly Field[]): string[] | undefined => fields?.map(({ _variable }) => _variable);

const REQUEST_IDS = ['requestId', 'extendedRequestId'];

class JsonFormat extends AccessLogFormat {
  constructor(
    private readonly kind: GatewayKind,
    private readonly chosen: readonly string[] | undefined,
    private readonly additional: Readonly<Record<string, string>> = {},
  ) {
    super();
  }

  /** @internal */
  public _render(kind: GatewayKind, owner: Owner): RenderedLogFormat {
    if (kind !== this.kind) {
      throw owner.error(
        `format is for ${KINDS[this.kind].name} APIs, and this is ${KINDS[kind].api}; write AccessLogFormat.${FACTORIES[kind]}(…)`,
      );
    }
    if (this.chosen?.length === 0) throw owner.error('fields is empty; leave it out for the default fields');
    const fields: Record<string, string> = { ...DEFAULT_LOG_FIELDS[kind] };
    if (this.chosen) {
      for (const name of Object.keys(fields)) delete fields[name];
      // Without an id of the request the service rejects the format.
      const needed = this.chosen.some((variable) => REQUEST_IDS.includes(variable)) ? [] : ['requestId'];
      for (const variable of [...needed, ...this.chosen]) put(fields, fieldName(variable), variable);
    }
    for (const variable of this.chosen ?? []) checkQuotes('fields', variable, owner);
    const more: string[] = [];
    for (const [name, given] of Object.entries(this.additional)) {
      const variable = given.replace(/^\$context\./, '');
      if (Object.hasOwn(fields, name) && fields[name] !== variable) {
        throw owner.error(
          `additional has ${show(name)}, which is the field of $context.${fields[name]}; use another name`,
        );
      }
      if (!/^[A-Za-z_]\w*$/.test(name)) {
        throw owner.error(
          `additional has ${show(name)}, which is not a valid name for a field; use letters, digits and _`,
        );
      }
      checkQuotes('additional', variable, owner);
      more.push(variable);
      put(fields, name, variable);
    }
    // The type of a field determines its kind; it may be newer than the list.
    checkSecrets(Object.values(fields), owner.part('format'));
    checkVariables(more, kind, owner.part('format'));
    return { text: jsonFormat(fields), fields };
  }
}

function checkQuotes(prop: string, variable: string, owner: Owner): void {
  if (!QUOTED_LOG_VARIABLES.includes(variable)) return;
  throw owner.error(
    `${prop} has $context.${variable}, which contains quotes and breaks the JSON; the field errorMessage has the same value`,
  );
}

class ClfFormat extends AccessLogFormat {
  /** @internal */
  public _render(kind: GatewayKind): RenderedLogFormat {
    return { text: CLF[kind], fields: {} };
  }
}

class CustomFormat extends AccessLogFormat {
  constructor(private readonly format: string) {
    super();
  }

  /** @internal */
  public _render(kind: GatewayKind, owner: Owner): RenderedLogFormat {
    const text = this.format;
    const where = owner.part('format');
    const variables = [...text.matchAll(CONTEXT_VARIABLE)].map(([, variable]) => variable);
    checkVariables(variables, kind, where);
    if (Token.isUnresolved(text)) return { text, fields: {} };
    if (/[\r\n]/.test(text)) {
      throw where.error('must be one line, but has a line break; for JSON write JSON.stringify(…) without indentation');
    }
    if (!variables.some((variable) => REQUEST_IDS.includes(variable))) {
      throw where.error(
        'has neither $context.requestId nor $context.extendedRequestId, and API Gateway requires one of them',
      );
    }
    return { text, fields: fieldsOf(text) };
  }
}

/** The fields of a flat JSON object whose values are single variables in quotes. */
function fieldsOf(text: string): Record<string, string> {
  try {
    const parsed = Object.entries(JSON.parse(text) as object);
    return Object.fromEntries(
      parsed.flatMap(([name, value]) => {
        const [, variable] = typeof value === 'string' ? (/^\$context\.([\w.-]+)$/.exec(value) ?? []) : [];
        return variable === undefined ? [] : [[name, variable]];
      }),
    );
  } catch {
    return {};
  }
}

const FACTORIES: Readonly<Record<GatewayKind, string>> = { rest: 'rest', http: 'http', websocket: 'webSocket' };

const CALLER = '$context.identity.sourceIp $context.identity.caller $context.identity.user [$context.requestTime]';
const CLF: Readonly<Record<GatewayKind, string>> = {
  rest: `${CALLER} "$context.httpMethod $context.resourcePath $context.protocol" $context.status $context.responseLength $context.requestId $context.extendedRequestId`,
  http: `$context.identity.sourceIp - - [$context.requestTime] "$context.httpMethod $context.routeKey $context.protocol" $context.status $context.responseLength $context.requestId $context.extendedRequestId`,
  websocket: `${CALLER} "$context.eventType $context.routeKey $context.connectionId" $context.status $context.requestId $context.extendedRequestId`,
};
