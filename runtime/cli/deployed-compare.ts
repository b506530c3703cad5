import { type Stage as SdkStage } from '@aws-sdk/client-api-gateway';
import { type Method, type MethodSetting, type RestApi, type Stage } from '../../lib/template/model/model';
import { isLiteral } from '../../lib/template/model/text';
import { isKnown, type Value } from '../../lib/template/model/value';
import { type Snapshot } from '../live/snapshot';
import { at } from '../../lib/lookup/named';

/** One thing that the template says and callers do not get, or the other way round. */
export interface Gap {
  readonly kind: 'route' | 'authorizer' | 'stage' | 'deployment';
  /** The route, the authorizer or the setting. */
  readonly what: string;
  readonly template: string;
  readonly live: string;
}

/** A part that the service did not tell: it may be as the template says, or not. */
export interface Unknown {
  readonly what: string;
  readonly reason: string;
}

export const NOT_TOLD = 'not returned by the service';
const ABSENT = 'absent';

/** Values that only CloudFormation knows are compared with nothing. */
export function routeGaps(api: RestApi, snapshot: Snapshot): Gap[] {
  const gaps: Gap[] = [];
  const wanted = new Map<string, Method>();
  let isComplete = api.form !== 'opaque';
  for (const method of api.methods) {
    const { httpMethod, path } = method;
    if (isKnown(httpMethod) && isLiteral(path) && !method.conditional) wanted.set(`${httpMethod} ${path}`, method);
    else isComplete = false;
  }
  for (const [route, method] of wanted) {
    const live = snapshot.get(route);
    if (!live) gaps.push({ kind: 'route', what: route, template: 'present', live: ABSENT });
    else gaps.push(...accessGaps(route, method, live));
  }
  const extra = isComplete ? [...snapshot.keys()].filter((route) => !wanted.has(route)) : [];
  return [...gaps, ...extra.map((what) => ({ kind: 'route' as const, what, template: ABSENT, live: 'present' }))];
}

function accessGaps(
  route: string,
  method: Method,
  live: { authorizationType: string; apiKeyRequired: boolean },
): Gap[] {
  const type = method.authorizationType;
  return [
    ...compare('route', `authorization of ${route}`, type === undefined ? 'NONE' : type, live.authorizationType),
    ...compare('route', `API key of ${route}`, method.apiKeyRequired, live.apiKeyRequired),
  ];
}

export function authorizerGaps(api: RestApi, live: readonly string[]): Gap[] {
  const named = api.authorizers.map(({ name, key }) => (name === undefined ? key : name));
  const known = named.filter(isKnown);
  const [inTemplate, isLive] = [new Set<string>(known), new Set(live)];
  const missing = known.filter((name) => !isLive.has(name));
  const isComplete = known.length === named.length && api.form !== 'opaque';
  const extra = isComplete ? live.filter((name) => !inTemplate.has(name)) : [];
  return [
    ...missing.map((what) => ({ kind: 'authorizer' as const, what, template: 'present', live: ABSENT })),
    ...extra.map((what) => ({ kind: 'authorizer' as const, what, template: ABSENT, live: 'present' })),
  ];
}

export function stageGaps(stage: Stage, live: SdkStage): { gaps: Gap[]; unknown: Unknown[] } {
  const unknown: Unknown[] = [];
  // API Gateway always tells these; who does not, has not answered.
  const told = <T>(what: string, isWanted: boolean, answer: T | undefined): T | undefined => {
    if (isWanted && answer === undefined) unknown.push({ what, reason: NOT_TOLD });
    return answer;
  };
  const switches = [
    ['tracing', stage.tracingEnabled ?? false, live.tracingEnabled],
    ['cache cluster', stage.cacheClusterEnabled ?? false, live.cacheClusterEnabled],
  ] as const;
  const gaps = [
    ...switches.flatMap(([what, wanted, shown]) => compare('stage', what, wanted, told(what, wanted === true, shown))),
    ...compare(
      'stage',
      'access log',
      stage.accessLog !== undefined,
      live.accessLogSettings?.destinationArn !== undefined,
    ),
    ...compare('stage', 'access log format', stage.accessLog?.format, live.accessLogSettings?.format),
  ];
  if (isKnown(stage.variables)) {
    for (const [name, value] of Object.entries(stage.variables)) {
      gaps.push(...compare('stage', `variable ${name}`, value, at(live.variables, name) ?? ABSENT));
    }
    for (const name of Object.keys(live.variables ?? {})) {
      if (!Object.hasOwn(stage.variables, name))
        gaps.push({ kind: 'stage', what: `variable ${name}`, template: ABSENT, live: 'present' });
    }
  }
  if (isKnown(stage.methodSettings)) {
    const shown = told('method settings', stage.methodSettings.length > 0, live.methodSettings);
    if (shown) for (const setting of stage.methodSettings) gaps.push(...settingGaps(setting, shown));
  }
  return { gaps, unknown };
}

const SETTINGS = [
  'throttlingRateLimit',
  'throttlingBurstLimit',
  'loggingLevel',
  'metricsEnabled',
  'dataTraceEnabled',
  'cachingEnabled',
  'cacheTtlInSeconds',
  'cacheDataEncrypted',
] as const;

function settingGaps(setting: MethodSetting, live: NonNullable<SdkStage['methodSettings']>): Gap[] {
  const { httpMethod, resourcePath } = setting;
  if (!isKnown(httpMethod) || !isKnown(resourcePath)) return [];
  // Live keys are `*/*`, and `~1orders~1{id}/GET`.
  const path = resourcePath === '/*' ? '*' : resourcePath.replace(/~/g, '~0').replace(/\//g, '~1');
  const shown = live[`${path}/${httpMethod}`];
  return SETTINGS.flatMap((name) => {
    const wanted = setting[name];
    return wanted === undefined
      ? []
      : compare('stage', `${name} of ${httpMethod} ${resourcePath}`, wanted, shown?.[name] ?? ABSENT);
  });
}

type Plain = string | number | boolean;

function compare(kind: Gap['kind'], what: string, template: Value<Plain> | undefined, live: Plain | undefined): Gap[] {
  if (!isKnown(template) || live === undefined || String(template) === String(live)) return [];
  return [{ kind, what, template: String(template), live: String(live) }];
}
