import { type LogGroups } from '../neighbours/log-groups';
import { type Node } from '../reader/node';
import { type Reach } from '../reader/reach';
import { accessLog, variables } from '../rest/stage';
import { type RouteSettings, type V2Deployment, type V2Stage } from '../model/v2';
import { UNKNOWN, type Value } from '../model/value';

export function readV2Stage(node: Node, reach: Reach, logGroups: LogGroups): V2Stage {
  const { logicalId } = node.ref;
  const settings = node.get('DefaultRouteSettings');
  return {
    location: node.location,
    stageName: node.get('StageName').string(),
    conditional: node.isConditional,
    autoDeploy: node.get('AutoDeploy').bool(),
    deployment: node.get('DeploymentId').resource('AWS::ApiGatewayV2::Deployment'),
    variables: variables(node.get('StageVariables')),
    variableTexts: node.get('StageVariables').textRecord(),
    accessLog: accessLog(node.get('AccessLogSettings'), logGroups),
    ...(!settings.isAbsent && { defaultRouteSettings: routeSettings(settings) }),
    routeSettings: settingsByRoute(node.get('RouteSettings')),
    clientCertificateId: node.get('ClientCertificateId').text(),
    dependsOn: reach.dependsOn(logicalId),
    reaches: (target) => reach.reaches(logicalId, target),
    reachesOneOf: (logicalIds) => reach.reachesOneOf(logicalId, logicalIds),
  };
}

function settingsByRoute(node: Node): Value<RouteSettings[]> {
  return node.isAbsent || node.isObject
    ? node.entries().map((entry) => ({ ...routeSettings(entry), routeKey: entry.name }))
    : UNKNOWN;
}

function routeSettings(node: Node): RouteSettings {
  return {
    location: node.location,
    loggingLevel: node.get('LoggingLevel').string(),
    dataTraceEnabled: node.get('DataTraceEnabled').bool(),
    metricsEnabled: node.get('DetailedMetricsEnabled').bool(),
    throttlingRateLimit: node.get('ThrottlingRateLimit').number(),
    throttlingBurstLimit: node.get('ThrottlingBurstLimit').number(),
  };
}

export function readV2Deployment(node: Node, reach: Reach): V2Deployment {
  const { logicalId } = node.ref;
  return {
    location: node.location,
    description: node.get('Description').string(),
    stageName: node.get('StageName').string(),
    dependsOn: reach.dependsOn(logicalId),
    reaches: (target) => reach.reaches(logicalId, target),
  };
}
