import { located } from '../reader/located';
import { type LogGroups } from '../neighbours/log-groups';
import {
  type AccessLog,
  type Canary,
  type Deployment,
  type MethodSetting,
  type ResourceRef,
  type Stage,
} from '../model/model';
import { type Variables } from '../model/stage';
import { type Node } from '../reader/node';
import { type Reach } from '../reader/reach';
import { UNKNOWN, type Value } from '../model/value';
import { put } from '../../lookup/named';

const DEPLOYMENT = 'AWS::ApiGateway::Deployment';

export function readStage(node: Node, reach: Reach, logGroups: LogGroups): Stage {
  const { logicalId } = node.ref;
  return {
    location: node.location,
    stageName: node.get('StageName').string(),
    deployment: node.get('DeploymentId').resource(DEPLOYMENT),
    variables: variables(node.get('Variables')),
    variableTexts: node.get('Variables').textRecord(),
    accessLog: accessLog(node.get('AccessLogSetting'), logGroups),
    methodSettings: methodSettings(node.get('MethodSettings')),
    tracingEnabled: node.get('TracingEnabled').bool(),
    cacheClusterEnabled: node.get('CacheClusterEnabled').bool(),
    cacheClusterSize: node.get('CacheClusterSize').string(),
    clientCertificateId: node.get('ClientCertificateId').text(),
    canary: canary(node.get('CanarySetting')),
    conditional: node.isConditional,
    dependsOn: reach.dependsOn(logicalId),
    reaches: (target: ResourceRef) => reach.reaches(logicalId, target),
    reachesOneOf: (logicalIds) => reach.reachesOneOf(logicalId, logicalIds),
  };
}

/** The stage that a deployment makes itself; undefined if it makes none. */
export function readImplicitStage(node: Node, reach: Reach, logGroups: LogGroups): Stage | undefined {
  const name = node.get('StageName');
  if (name.isAbsent) {
    return undefined;
  }
  const settings = node.get('StageDescription');
  const stage = readStage(settings, reach, logGroups);
  const wide = methodSetting(settings);
  const isSet = WIDE_SETTINGS.some((key) => wide[key] !== undefined);
  const own: MethodSetting[] = isSet ? [{ ...wide, httpMethod: '*', resourcePath: '/*', rawResourcePath: '/*' }] : [];
  return {
    ...stage,
    location: settings.isAbsent ? name.location : settings.location,
    stageName: name.string(),
    deployment: node.ref,
    methodSettings: stage.methodSettings === UNKNOWN ? UNKNOWN : [...own, ...stage.methodSettings],
    implicit: true,
  };
}

/** What a `StageDescription` says in addition to its `MethodSettings`, for all methods. */
const WIDE_SETTINGS = [
  'loggingLevel',
  'dataTraceEnabled',
  'metricsEnabled',
  'throttlingRateLimit',
  'throttlingBurstLimit',
  'cachingEnabled',
  'cacheTtlInSeconds',
  'cacheDataEncrypted',
] as const;

export function readDeployment(node: Node, reach: Reach, notHashed: readonly ResourceRef[]): Deployment {
  return {
    location: node.location,
    description: node.get('Description').string(),
    stageName: node.get('StageName').string(),
    stageDescription: node.get('StageDescription').written,
    canary: canary(node.get('DeploymentCanarySettings')),
    notHashed,
    dependsOn: reach.dependsOn(node.ref.logicalId),
  };
}

export function variables(node: Node): Variables {
  if (!node.isObject) {
    return node.isAbsent ? {} : UNKNOWN;
  }
  const record: Record<string, Value<string>> = {};
  for (const entry of node.entries()) {
    put(record, entry.name, entry.string() ?? UNKNOWN);
  }
  return record;
}

export function accessLog(node: Node, logGroups: LogGroups): AccessLog | undefined {
  return node.isAbsent
    ? undefined
    : {
        location: node.location,
        destination: node.get('DestinationArn').text(),
        format: node.get('Format').string(),
        logGroup: logGroups.ofDestination(node.get('DestinationArn')),
      };
}

function canary(node: Node): Canary | undefined {
  // If the value is unknown, so is whether there is one.
  return !node.isObject
    ? undefined
    : {
        location: node.location,
        percentTraffic: node.get('PercentTraffic').number(),
        deployment: node.get('DeploymentId').resource(DEPLOYMENT),
        useStageCache: node.get('UseStageCache').bool(),
        ...overridesIn(node.get('StageVariableOverrides')),
      };
}

function overridesIn(node: Node): Pick<Canary, 'overrides' | 'overrideTexts'> {
  return { ...(!node.isAbsent && { overrides: variables(node) }), overrideTexts: node.textRecord() };
}

function methodSettings(node: Node): Value<MethodSetting[]> {
  const items = node.items();
  return items === UNKNOWN ? UNKNOWN : items.map(methodSetting);
}

function methodSetting(node: Node): MethodSetting {
  const rawResourcePath = node.get('ResourcePath').string();
  const setting: Omit<MethodSetting, 'location'> = {
    httpMethod: node.get('HttpMethod').string(),
    resourcePath: typeof rawResourcePath === 'string' ? decodePath(rawResourcePath) : rawResourcePath,
    rawResourcePath,
    loggingLevel: node.get('LoggingLevel').string(),
    dataTraceEnabled: node.get('DataTraceEnabled').bool(),
    metricsEnabled: node.get('MetricsEnabled').bool(),
    throttlingRateLimit: node.get('ThrottlingRateLimit').number(),
    throttlingBurstLimit: node.get('ThrottlingBurstLimit').number(),
    cachingEnabled: node.get('CachingEnabled').bool(),
    cacheTtlInSeconds: node.get('CacheTtlInSeconds').number(),
    cacheDataEncrypted: node.get('CacheDataEncrypted').bool(),
  };
  return located(node, setting);
}

/** `/~1orders~1{id}` → `/orders/{id}`; a missing slash is added, so the path can be compared. */
function decodePath(raw: string): string {
  const decoded = raw.replace(/^\//, '').replace(/~1/g, '/').replace(/~0/g, '~');
  return decoded.startsWith('/') ? decoded : `/${decoded}`;
}
