import { knownOr } from '../template/model/value';
import { type ApiModel } from '../template/model/model';
import { type RestApi, type Stage } from '../template/model/rest';
import { type Resolved } from '../template/model/resolved';
import { type Texts } from '../template/model/text';
import { type Environment } from './environment';
import { type Answer, type IncomingRequest } from './exchange';
import { type Json } from './json';
import { idOf } from './ids';
import { RestGateway } from './rest/gateway';
import { type Trace } from './trace';

/** An answer, and how it came about. */
export interface Handled {
  readonly answer: Answer;
  readonly trace: Trace;
}

/** An API of the templates that answers requests. */
export interface LocalApi {
  readonly kind: 'rest' | 'http' | 'websocket';
  readonly logicalId: string;
  readonly name: string;
  readonly apiId: string;
  readonly stages: readonly string[];
  /** @param request its path begins with the stage */
  handle(request: IncomingRequest): Promise<Handled>;
}

export interface LocalApisOptions {
  readonly environment: Environment;
  /** As clients call the gateway: `localhost`. */
  readonly domainName: string;
  readonly port: number;
}

/** The id of an API here: the same for the same logical id. */
export const apiIdOf = (logicalId: string): string => `${idOf(logicalId)}${idOf(`${logicalId} `)}`.slice(0, 10);

/** The APIs of the templates that have a stage. */
export function localApis(model: ApiModel, options: LocalApisOptions): LocalApi[] {
  return model.restApis
    .filter(({ form, stages }) => form !== 'partial' && stages.length > 0)
    .map((api) => restApi(model, api, options));
}

function restApi(model: ApiModel, api: RestApi, options: LocalApisOptions): LocalApi {
  const { environment } = options;
  const apiId = apiIdOf(api.location.logicalId);
  const gateways = new Map(
    api.stages.map((stage) => {
      const gateway = new RestGateway({
        ...{ model, api, stage, environment, apiId, domainName: options.domainName, port: options.port },
        stageVariables: variables(stage.variableTexts, environment),
        ...(stage.canary ? { canary: canaryOf(stage.canary, environment) } : {}),
        ...(api.resolvedPolicy === undefined ? {} : { policy: resolved(api.resolvedPolicy, environment) }),
        schemaOf: ({ resolvedSchema }) =>
          resolvedSchema === undefined ? undefined : resolved(resolvedSchema, environment),
      });
      return [gateway.stage.stageName, gateway] as const;
    }),
  );
  return {
    ...{ kind: 'rest', logicalId: api.location.logicalId, name: knownOr(api.name, api.location.logicalId), apiId },
    stages: [...gateways.keys()],
    async handle(request) {
      const name = request.target.replace(/^\/+/, '').split(/[/?]/)[0];
      const gateway = gateways.get(decodedName(name));
      return gateway ? gateway.handle(request, `/${name}`) : noStage(request, apiId, [...gateways.keys()], environment);
    },
  };
}

function canaryOf({ percentTraffic, overrideTexts }: NonNullable<Stage['canary']>, environment: Environment) {
  return { percent: knownOr(percentTraffic, 0), variables: variables(overrideTexts, environment) };
}

function variables(texts: Texts | symbol, { text }: Environment): Record<string, string> {
  if (typeof texts === 'symbol') return {};
  return Object.fromEntries(Object.entries(texts).map(([name, value]) => [name, text(value)]));
}

/** Plain JSON, with the references in its texts resolved. */
export function resolved(value: Resolved, environment: Environment): Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
  if (typeof value === 'string' || 'parts' in value) return environment.text(value as never);
  if (Array.isArray(value)) return value.map((each: Resolved) => resolved(each, environment));
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, resolved(each as Resolved, environment)]),
  );
}

const decodedName = (name: string): string => {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
};

/** A stage that is not there is forbidden, as on the service. */
function noStage(request: IncomingRequest, api: string, stages: readonly string[], environment: Environment): Handled {
  const requestId = environment.newId();
  const note = `The path has to begin with a stage: ${stages.map((stage) => `/${stage}`).join(', ')}`;
  return {
    answer: {
      status: 403,
      headers: [
        ['Content-Type', 'application/json'],
        ['x-amzn-ErrorType', 'ForbiddenException'],
        ['x-amzn-RequestId', requestId],
      ],
      body: Buffer.from('{"message":"Forbidden"}'),
    },
    trace: {
      ...{ requestId, api, stage: '', startedAt: environment.now(), tookInMs: 0, method: request.method },
      ...{
        target: request.target,
        status: 403,
        steps: [{ stage: 'request', tookInMs: 0, note, refused: 'FORBIDDEN' }],
      },
    },
  };
}
