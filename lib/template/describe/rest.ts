import { dnsSuffixOf } from '../../facts/partitions';
import {
  type AnyAuthorizer,
  type AnyIntegration,
  type AnyRoute,
  type Method,
  type MethodSetting,
  type RestApi,
  type Stage,
} from '../model/model';
import { afterLast, outline } from '../model/text';
import { isKnown, knownOr, UNKNOWN, type Value } from '../model/value';

/** One route, as plain text for a table. */
export interface RouteRow {
  readonly method: string;
  readonly path: string;
  readonly authorizer: string;
  readonly integration: string;
  readonly validation: string;
  readonly throttle: string;
}

/** One stage, as plain text for a table. */
export interface StageRow {
  readonly name: string;
  readonly url: string;
  readonly throttle: string;
  readonly cache: string;
  readonly logs: string;
  readonly tracing: string;
}

export const NOTHING = '–';
export const CANNOT_TELL = '?';

export function describeRoutes(api: RestApi): RouteRow[] {
  return api.methods.map((method) => ({
    method: shown(method.httpMethod),
    path: String(method.path),
    authorizer: authorizerOf(method),
    integration: integrationOf(method.integration),
    validation: validationOf(method),
    throttle: throttleOf(api.stages, method),
  }));
}

/** The region makes the URL whole; without it the place is left open. */
export function describeStages(api: RestApi, region?: string): StageRow[] {
  const suffix = dnsSuffixOf(region ?? '');
  return api.stages.map((stage) => {
    const name = shown(stage.stageName);
    const all = settingsFor(stage, (setting) => isForAll(setting));
    return {
      name,
      url: `https://<api-id>.execute-api.${region ?? '<region>'}.${suffix}/${name}`,
      throttle: stage.methodSettings === UNKNOWN ? CANNOT_TELL : rates(all),
      cache: cacheOf(stage, all),
      logs: logsOf(stage, all),
      tracing: flag(stage.tracingEnabled),
    };
  });
}

export const shown = (value: Value<string | number> | undefined): string =>
  value === UNKNOWN ? CANNOT_TELL : value === undefined ? NOTHING : String(value);

const flag = (value: Value<boolean> | undefined): string => (value === UNKNOWN ? CANNOT_TELL : value ? 'on' : 'off');

export function authorizerOf(method: AnyRoute): string {
  const key = method.apiKeyRequired === true ? ' + api key' : '';
  return `${authorization(method)}${key}`;
}

function authorization(method: AnyRoute): string {
  const type = method.authorizationType ?? 'NONE';
  const name = isKnown(method.authorizer) ? ` ${nameOf(method.authorizer)}` : '';
  const scopes = isKnown(method.scopes) && method.scopes.length > 0 ? ` [${method.scopes.join(', ')}]` : '';
  switch (type) {
    case UNKNOWN:
      return CANNOT_TELL;
    case 'JWT':
      return `jwt${name}${scopes}`;
    case 'COGNITO_USER_POOLS':
      return `cognito${name}${scopes}`;
    case 'CUSTOM':
      return `lambda authorizer${name}${scopes}`;
    default:
      return type;
  }
}

const nameOf = (authorizer: AnyAuthorizer): string => knownOr(authorizer.name, authorizer.key);

export function integrationOf(integration: Value<AnyIntegration> | undefined): string {
  if (!isKnown(integration)) {
    return integration === UNKNOWN ? CANNOT_TELL : NOTHING;
  }
  const { uri = NOTHING, lambda } = integration;
  if (lambda) {
    const name = lambda.function?.logicalId ?? afterLast(lambda.text, ':') ?? lambda.text;
    return `lambda ${name}${lambda.qualifier === undefined ? '' : `:${lambda.qualifier}`}`;
  }
  const subtype = 'subtype' in integration ? integration.subtype : undefined;
  if (isKnown(subtype)) {
    return `aws ${subtype}`;
  }
  const type = knownOr(integration.type, CANNOT_TELL);
  switch (type) {
    case 'MOCK':
      return 'mock';
    case 'AWS':
    case 'AWS_PROXY':
      return `aws ${/:apigateway:[^:]*:([^:]+):/.exec(outline(uri))?.[1] ?? uri}`;
    case 'HTTP':
    case 'HTTP_PROXY':
      return `${integration.connectionType === 'VPC_LINK' ? privateTarget(integration) : 'http'} ${uri}`;
    default:
      return type;
  }
}

/** The kind of load balancer behind a VPC link, if it is known. */
function privateTarget(integration: AnyIntegration): string {
  const { targetType, uri = '' } = integration;
  const target = 'integrationTarget' in integration ? (integration.integrationTarget ?? '') : uri;
  const [, letters] = /:(?:loadbalancer|listener)\/(app|net)\//.exec(outline(target)) ?? [];
  if (targetType === 'application' || letters === 'app') {
    return 'alb';
  }
  return targetType === 'network' || letters === 'net' ? 'nlb' : 'vpc link';
}

function validationOf({ validator }: Method): string {
  if (!isKnown(validator)) {
    return validator === UNKNOWN ? CANNOT_TELL : NOTHING;
  }
  const { validateBody, validateParameters } = validator;
  if (validateBody === UNKNOWN || validateParameters === UNKNOWN) {
    return CANNOT_TELL;
  }
  const checked = [validateBody ? 'body' : '', validateParameters ? 'parameters' : ''].filter((word) => word !== '');
  return checked.length === 0 ? NOTHING : checked.join(' + ');
}

/** What holds for the method in every stage; stage by stage where it differs. */
function throttleOf(stages: readonly Stage[], method: Method): string {
  const each = stages.map((stage) => ({
    name: shown(stage.stageName),
    text: stage.methodSettings === UNKNOWN ? CANNOT_TELL : rates(settingsFor(stage, (one) => covers(one, method))),
  }));
  if (new Set(each.map(({ text }) => text)).size <= 1) {
    return each[0]?.text ?? NOTHING;
  }
  return each.map(({ name, text }) => `${name}: ${text}`).join(', ');
}

/** Settings from the most general to the most specific, so the last one that says something holds. */
function settingsFor(stage: Stage, applies: (setting: MethodSetting) => boolean): MethodSetting[] {
  const rank = (setting: MethodSetting): number =>
    (setting.resourcePath === '/*' ? 0 : 2) + (setting.httpMethod === '*' ? 0 : 1);
  return knownOr(stage.methodSettings, [])
    .filter(applies)
    .sort((a, b) => rank(a) - rank(b));
}

const isForAll = ({ httpMethod, resourcePath }: MethodSetting): boolean => httpMethod === '*' && resourcePath === '/*';

function covers(setting: MethodSetting, method: Method): boolean {
  return (
    (setting.httpMethod === '*' || setting.httpMethod === method.httpMethod) &&
    (setting.resourcePath === '/*' || setting.resourcePath === method.path)
  );
}

function last<T>(settings: readonly MethodSetting[], pick: (setting: MethodSetting) => T | undefined): T | undefined {
  return settings.reduce<T | undefined>((found, setting) => pick(setting) ?? found, undefined);
}

function rates(settings: readonly MethodSetting[]): string {
  const rate = last(settings, (setting) => setting.throttlingRateLimit);
  const burst = last(settings, (setting) => setting.throttlingBurstLimit);
  return rate === undefined && burst === undefined ? NOTHING : `${shown(rate)}/s, burst ${shown(burst)}`;
}

function cacheOf(stage: Stage, all: readonly MethodSetting[]): string {
  if (stage.cacheClusterEnabled !== true) {
    return flag(stage.cacheClusterEnabled);
  }
  const size = stage.cacheClusterSize === undefined ? 'on' : `${shown(stage.cacheClusterSize)} GB`;
  const ttl = last(all, (setting) => setting.cacheTtlInSeconds);
  return ttl === undefined ? size : `${size}, ${shown(ttl)} s`;
}

function logsOf(stage: Stage, all: readonly MethodSetting[]): string {
  const level = stage.methodSettings === UNKNOWN ? UNKNOWN : last(all, (setting) => setting.loggingLevel);
  const words = [
    stage.accessLog ? 'access' : '',
    level === undefined || level === 'OFF' ? '' : `execution ${shown(level)}`,
  ].filter((word) => word !== '');
  return words.length === 0 ? NOTHING : words.join(' + ');
}
