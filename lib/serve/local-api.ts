import { knownOr, type Value } from '../template/model/value';
import { type Location } from '../template/model/place';
import { type ApiModel } from '../template/model/model';
import { type Resolved } from '../template/model/resolved';
import { Expression } from '../template/model/expression';
import { type Texts } from '../template/model/text';
import { type Environment } from './environment';
import { type Answer, type IncomingRequest } from './exchange';
import { type Json } from './json';
import { type Arrival, type Mapped } from './mapped';
import { type RestStage } from './rest/stage';
import { type Trace } from './trace';
import { type StageKey } from './usage';
import { type WebSocketGateway } from './websocket/gateway';

/** An answer, and how it came about. */
export interface Handled {
  readonly answer: Answer;
  readonly trace: Trace;
}

/** An API of the templates that handles requests. */
export interface LocalApi {
  readonly kind: 'rest' | 'http' | 'websocket';
  /** The logical id; with the name of its template if several have it. */
  readonly id: string;
  readonly location: Location;
  readonly name: string;
  readonly apiId: string;
  readonly stages: readonly string[];
  /** The API keys that open a stage; none of HTTP APIs. */
  readonly keys?: readonly { readonly stage: string; readonly key: StageKey }[];
  /**
   * @param request its path begins with the stage, unless that is `$default`
   * @param mapped where a custom domain leads it
   */
  handle(request: IncomingRequest, mapped?: Mapped): Promise<Handled>;
  /** REST only: what stages are made from. */
  readonly restStages?: readonly RestStage[];
  /** WebSocket only: what clients of a URL connect to, and the stage as it begins the path. */
  sockets?(target: string, mapped?: Mapped): ({ readonly gateway: WebSocketGateway } & Arrival) | undefined;
  /** WebSocket only: takes over the open connections of the API that this one replaces. */
  adopt?(previous: LocalApi): void;
}

/** What the APIs of one set of templates are made from. */
export interface LocalApisOptions {
  readonly model: ApiModel;
  readonly environment: Environment;
  /** As clients call the gateway: `localhost`. */
  readonly domainName: string;
  readonly port: number;
  /** Whether APIs without their default endpoint take requests that name none of their domains. */
  readonly opensDisabledEndpoints?: boolean;
}

const withoutSlashes = (target: string): string => {
  let from = 0;
  while (target[from] === '/') from++;
  return target.slice(from);
};

/** The first segment of a path, in which the stage is; as it is written, and decoded. */
export function firstSegment(target: string): { readonly written: string; readonly decoded: string } {
  const [written] = /[^/?]*/.exec(withoutSlashes(target))!;
  try {
    return { written, decoded: decodeURIComponent(written) };
  } catch {
    return { written, decoded: written };
  }
}

export const stageVariables = (texts: Value<Texts>, { text }: Environment): Record<string, string> =>
  Object.fromEntries(Object.entries(knownOr(texts, {})).map(([name, value]) => [name, text(value)]));

/** Plain JSON, with the references in its texts resolved. */
export function resolved(value: Resolved, environment: Environment): Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
  if (typeof value === 'string' || isExpression(value)) return environment.text(value);
  if (isList(value)) return value.map((each) => resolved(each, environment));
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, resolved(each, environment)]));
}

const isExpression = (value: object): value is Exclude<Texts[string], string> => value instanceof Expression;
const isList = (value: Resolved): value is readonly Resolved[] => Array.isArray(value);

/** The schema of a model as plain JSON. */
export const schemaIn =
  (environment: Environment) =>
  ({ resolvedSchema }: { readonly resolvedSchema?: Resolved }): Json | undefined =>
    resolvedSchema === undefined ? undefined : resolved(resolvedSchema, environment);

/** A request that names no stage. */
export function withoutStage(
  request: IncomingRequest,
  { apiId, stages }: Pick<LocalApi, 'apiId' | 'stages'>,
  environment: Environment,
  answer: { readonly status: number; readonly message: string; readonly errorType?: string },
): Handled {
  const note = `The path has to begin with a stage: ${stages.map((stage) => `/${stage}`).join(', ')}`;
  return unanswered(request, apiId, environment, { ...answer, note, refused: 'NO_STAGE' });
}

/** The part of the path that names the stage. */
export function stageIn(
  target: string,
  mapped: Mapped | undefined,
): { readonly stage: string; readonly prefix: string } {
  if (mapped?.stage !== undefined) return { stage: mapped.stage, prefix: mapped.basePath };
  const basePath = mapped?.basePath ?? '';
  const { written, decoded } = firstSegment(
    basePath === '' ? target : target.replace(/^\/+/, '/').slice(basePath.length),
  );
  return { stage: decoded, prefix: `${basePath}/${written}` };
}

/** An answer to a request that no stage gets. */
export function unanswered(
  request: IncomingRequest,
  apiId: string,
  environment: Environment,
  answer: {
    readonly status: number;
    readonly message: string;
    readonly errorType?: string;
    readonly note: string;
    readonly refused: string;
    readonly because?: readonly Location[];
  },
): Handled {
  const requestId = environment.newId();
  const { status, message, errorType, note, refused, because } = answer;
  return {
    answer: {
      status,
      headers: [
        ['Content-Type', 'application/json'],
        ...(errorType === undefined ? [] : [['x-amzn-ErrorType', errorType] as const]),
        ['x-amzn-RequestId', requestId],
      ],
      body: Buffer.from(JSON.stringify({ message })),
    },
    trace: {
      ...{ requestId, api: apiId, stage: '', startedAt: environment.now(), tookInMs: 0, method: request.method },
      ...{ target: request.target, status },
      steps: [{ stage: 'request', tookInMs: 0, note, refused, ...(because ? { because } : {}) }],
    },
  };
}
