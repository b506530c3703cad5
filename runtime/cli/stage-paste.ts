import type * as Yaml from 'yaml';
import { type StageSetting } from '../../lib/checks/rule';
import { at, put } from '../../lib/lookup/named';
import { type CfnTemplate, type TemplateSource } from '../../lib/template/reader/source';

/** A part of a template. */
export interface Part {
  readonly [key: string]: Part | string | number | boolean | readonly (Part | string)[] | undefined;
}

/** The form of a stage's settings in the resource that holds them. */
interface Form {
  /** Path of the settings from the top of the template. */
  readonly at: (logicalId: string) => readonly string[];
  /** The ARN of the stage; undefined if it has no web ACL. */
  readonly arn?: (logicalId: string, properties: Readonly<Record<string, unknown>>) => string | undefined;
}

const STAGE_ARN = 'arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/';
const inProperties = (logicalId: string) => ['Resources', logicalId, 'Properties'];

const FORMS: Readonly<Record<string, Form>> = {
  'AWS::ApiGateway::Stage': {
    at: inProperties,
    arn: (stage, { RestApiId }) => {
      const api = (RestApiId as { readonly Ref?: unknown } | undefined)?.Ref;
      return typeof api === 'string' ? `${STAGE_ARN}\${${api}}/stages/\${${stage}}` : undefined;
    },
  },
  'AWS::ApiGateway::Deployment': { at: (logicalId) => [...inProperties(logicalId), 'StageDescription'] },
  'AWS::Serverless::Api': {
    at: inProperties,
    arn: (api) => `${STAGE_ARN}\${${api}}/stages/\${${api}.Stage}`,
  },
  'AWS::ApiGatewayV2::Stage': { at: inProperties },
  'AWS::Serverless::HttpApi': { at: inProperties },
  'AWS::Serverless::WebSocketApi': { at: inProperties },
};

/** The API that SAM makes of the events of a function takes its settings from the globals. */
const IMPLICIT: Form = {
  at: () => ['Globals', 'Api'],
  arn: () => `${STAGE_ARN}\${ServerlessRestApi}/stages/\${ServerlessRestApiProdStage}`,
};
const IMPLICIT_HTTP: Form = { at: () => ['Globals', 'HttpApi'] };
const OWNERS = ['AWS::Serverless::Function', 'AWS::Serverless::StateMachine'];

function formOf(type: string | undefined, isV2: boolean): Form | undefined {
  if (type === undefined) return undefined;
  if (OWNERS.includes(type)) return isV2 ? IMPLICIT_HTTP : IMPLICIT;
  return Object.hasOwn(FORMS, type) ? FORMS[type] : undefined;
}

const LOG_GROUP = 'ApiAccessLogs';
const FORMAT =
  '{"requestId":"$context.requestId","ip":"$context.identity.sourceIp","time":"$context.requestTime",' +
  '"method":"$context.httpMethod","route":"$context.resourcePath","status":"$context.status"}';
const V2_FORMAT =
  '{"requestId":"$context.requestId","ip":"$context.identity.sourceIp","time":"$context.requestTime",' +
  '"route":"$context.routeKey","status":"$context.status"}';
export const WEB_ACL_PLACEHOLDER = '<the ARN of a web ACL with scope REGIONAL>';

/** What to merge into the template, and the settings that it does not give. */
export interface Paste {
  readonly part: Part;
  readonly left: readonly StageSetting[];
}

/** Logical ids of what holds the settings. */
export interface SettingPlaces {
  readonly stage: string;
  readonly api?: string;
  readonly logGroup?: string;
}

/** @returns undefined if the stage has no place for its settings */
export function pasteFor(
  { template }: TemplateSource,
  { stage: stageId, api: apiId, logGroup: logGroupId }: SettingPlaces,
  lacks: readonly StageSetting[],
  isV2: boolean,
): Paste | undefined {
  const resource = at(template.Resources, stageId);
  const form = formOf(resource?.Type, isV2);
  if (!form) return undefined;
  const has = (setting: StageSetting): boolean => lacks.includes(setting);
  const isOwn = apiId !== undefined && form.at(apiId)[0] === 'Resources';
  const policy = has('TLS 1.2') && isOwn ? policyFor(at(template.Resources, apiId)?.Properties) : undefined;
  const arn = has('web ACL') ? form.arn?.(stageId, resource?.Properties ?? {}) : undefined;
  const webAcl = {
    Type: 'AWS::WAFv2::WebACLAssociation',
    Properties: { ResourceArn: { 'Fn::Sub': arn ?? '' }, WebACLArn: WEB_ACL_PLACEHOLDER },
  };
  const order = has('role for logs') ? dependencyFor(template, stageId) : undefined;
  const logGroup = { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 365 } };
  const parts = [
    nested(form.at(stageId), settingsFor(lacks, isV2, valueAt(template, form.at(stageId)))),
    policy && nested(inProperties(apiId ?? ''), policy),
    order && nested(['Resources', stageId, 'DependsOn'], order),
    logGroupId !== undefined && nested(inProperties(logGroupId), { RetentionInDays: 365 }),
    has('access log') && nested(['Resources', LOG_GROUP], logGroup),
    arn !== undefined && nested(['Resources', `${stageId}WebAcl`], webAcl),
  ].filter((part) => typeof part === 'object');
  return {
    part: parts.reduce<Part>(merged, {}),
    left: lacks.filter(
      (one) =>
        (one === 'TLS 1.2' && !policy) ||
        (one === 'web ACL' && arn === undefined) ||
        (one === 'role for logs' && !order),
    ),
  };
}

function settingsFor(lacks: readonly StageSetting[], isV2: boolean, existing: unknown): Part {
  const has = (setting: StageSetting): boolean => lacks.includes(setting);
  const wide: Part = {
    ...(has('throttle') && { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 }),
    ...(has('execution log') && { LoggingLevel: 'ERROR' }),
    ...(has('metrics') && (isV2 ? { DetailedMetricsEnabled: true } : { MetricsEnabled: true })),
  };
  const forAll = isV2
    ? { DefaultRouteSettings: wide }
    : { MethodSettings: methodSettings(isPart(existing) ? existing.MethodSettings : undefined, wide) };
  const destination = { 'Fn::GetAtt': [LOG_GROUP, 'Arn'] };
  return {
    ...(has('access log') &&
      (isV2
        ? { AccessLogSettings: { DestinationArn: destination, Format: V2_FORMAT } }
        : { AccessLogSetting: { DestinationArn: destination, Format: FORMAT } })),
    ...(Object.keys(wide).length > 0 && forAll),
    ...(has('tracing') && { TracingEnabled: true }),
  };
}

/** The list as it is, with the settings in the entry for all methods: there may be only one. */
function methodSettings(existing: Part[string], wide: Part): readonly (Part | string)[] {
  const list: readonly (Part | string)[] = Array.isArray(existing) ? (existing as (Part | string)[]) : [];
  const all = { HttpMethod: '*', ResourcePath: '/*' };
  const isForAll = (one: Part | string): one is Part =>
    isPart(one) && one.HttpMethod === all.HttpMethod && one.ResourcePath === all.ResourcePath;
  const found = list.find(isForAll);
  return [{ ...all, ...found, ...wide }, ...list.filter((one) => one !== found)];
}

const valueAt = (template: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((value, key) => (isPart(value) ? at(value, key) : undefined), template);

function merged(a: Part, b: Part): Part {
  const result: Record<string, Part[string]> = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const mine = at(result, key);
    put(result, key, isPart(mine) && isPart(value) ? merged(mine, value) : value);
  }
  return result;
}

const isPart = (value: unknown): value is Part => typeof value === 'object' && value !== null && !Array.isArray(value);

/** All that the stage waits for, with what sets the role; undefined if the template does not set it, or SAM makes the stage. */
function dependencyFor({ Resources = {} }: CfnTemplate, stageId: string): readonly string[] | undefined {
  const account = Object.keys(Resources).find((id) => Resources[id]?.Type === 'AWS::ApiGateway::Account');
  const stage = at(Resources, stageId);
  if (account === undefined || !stage?.Type?.endsWith('::Stage')) return undefined;
  return [...[stage.DependsOn ?? []].flat(), account];
}

/** Edge-optimized, the default type of an API, has separate policies; undefined if the type is unknown. */
function policyFor(properties: Readonly<Record<string, unknown>> = {}): Part | undefined {
  const endpoint = JSON.stringify(properties.EndpointConfiguration ?? 'EDGE');
  const policy = endpoint.includes('REGIONAL')
    ? 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09'
    : endpoint.includes('EDGE')
      ? 'SecurityPolicy_TLS12_PFS_2025_EDGE'
      : undefined;
  return policy === undefined ? undefined : { SecurityPolicy: policy, EndpointAccessMode: 'BASIC' };
}

const nested = (path: readonly string[], value: Part[string]): Part => {
  const [first, ...rest] = path;
  return { [first]: rest.length === 0 ? value : nested(rest, value) };
};

/** The part in the language of the template, line by line. */
export function partLines(part: Part, isJson: boolean): string[] {
  if (isJson) return JSON.stringify(part, null, 2).split('\n').slice(1, -1);
  const yaml = require('yaml') as typeof Yaml;
  return yaml.stringify(part, { lineWidth: 0 }).trimEnd().split('\n');
}
