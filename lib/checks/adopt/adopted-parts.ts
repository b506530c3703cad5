import { resourceKey, sameResource } from '../../template/model/place';
import { EXECUTION_LOG_PREFIXES, STAGE_NAME } from '../../facts/names';
import { type GatewayKind } from '../../facts/kinds';
import { API_PARTS } from '../../facts/replacement';
import { put } from '../../lookup/named';
import { Expression } from '../../template/model/expression';
import { type Resolved } from '../../template/model/resolved';
import { type PlainResource } from '../../template/reader/plain-resources';
import { type NotKept } from './not-kept';
import { loggingOf } from './execution-logs';
import { type PropText, quoted } from './prop-text';
import { type Resources } from './resources';
import { literal, referencesOf } from './values';

type Ids = Record<string, string>;

/** The resources of stages that are kept. */
export interface StageAdoption {
  /** `template#logicalId` of a stage → its key in the props. */
  readonly keys: ReadonlyMap<string, string>;
  readonly adopt: Readonly<
    Record<'stages' | 'accessLogs' | 'executionLogs' | 'clientCertificates' | 'webAclAssociations', Ids>
  >;
  readonly props: { readonly [name: string]: PropText };
  readonly notKept: readonly NotKept[];
}

const apiProperty = (kind: GatewayKind): string => (kind === 'rest' ? 'RestApiId' : 'ApiId');
const stageType = (kind: GatewayKind): string =>
  kind === 'rest' ? 'AWS::ApiGateway::Stage' : 'AWS::ApiGatewayV2::Stage';
const isStageName = (name: string): boolean => name === '$default' || STAGE_NAME.test(name);

export function stageAdoption(kind: GatewayKind, api: PlainResource, all: Resources): StageAdoption {
  const keys = new Map<string, string>();
  const adopt = { stages: {}, accessLogs: {}, executionLogs: {}, clientCertificates: {}, webAclAssociations: {} };
  const options: Record<string, PropText> = {};
  const notKept: NotKept[] = [];
  const logging = loggingOf(api, all);
  for (const stage of all.referring(api, apiProperty(kind), stageType(kind))) {
    const name = literal(stage.properties.StageName);
    const isName = name !== undefined && isStageName(name);
    const key = isName ? name : stage.logicalId;
    keys.set(resourceKey(stage), key);
    put(adopt.stages as Ids, key, stage.logicalId);
    const log = accessLogOf(stage, all);
    if (log?.group) put(adopt.accessLogs as Ids, key, log.group.logicalId);
    if (log?.notKept) notKept.push(log.notKept);
    const group = executionLogGroup(stage, api, all);
    if (group) put(adopt.executionLogs as Ids, key, group.logicalId);
    const certificate = all.target(stage, 'ClientCertificateId');
    if (certificate && stagesOf(certificate, all).length > 1) notKept.push(sharedCertificate(certificate));
    else if (certificate) put(adopt.clientCertificates as Ids, key, certificate.logicalId);
    for (const association of all.ofType('AWS::WAFv2::WebACLAssociation')) {
      const isOfStage = referencesOf(association.properties.ResourceArn).some((one) => sameResource(one, stage));
      if (isOfStage) put(adopt.webAclAssociations as Ids, key, association.logicalId);
    }
    put(options, key, {
      ...(isName ? {} : { stageName: "/* as before */ ''" }),
      ...log?.options,
      ...(kind !== 'http' && !group && logging !== 'off' ? { executionLog: { declared: 'false' } } : {}),
    });
  }
  return { keys, adopt, props: { stages: options }, notKept: [...notKept, ...implicitStages(api, all)] };
}

/** The stage that the deployments of SAM create in addition to the one of the template. */
const SAM_STAGE = 'Stage';

/** Stages that a deployment creates have no logical id. */
function implicitStages(api: PlainResource, all: Resources): NotKept[] {
  return all
    .referring(api, 'RestApiId', 'AWS::ApiGateway::Deployment')
    .filter(({ properties }) => properties.StageName !== undefined && literal(properties.StageName) !== SAM_STAGE)
    .map(({ logicalId, type, properties }) => ({
      logicalId,
      type,
      why: `it creates the stage ${quoted(literal(properties.StageName) ?? '…')} itself (StageName), which has no logical id to keep`,
      instead:
        'import the stage into the stack as an AWS::ApiGateway::Stage, and adopt that; or put a second API behind a domain',
    }));
}

interface AccessLogAdoption {
  readonly group?: PlainResource;
  readonly options?: { readonly [name: string]: PropText };
  readonly notKept?: NotKept;
}

function accessLogOf(stage: PlainResource, all: Resources): AccessLogAdoption | undefined {
  const group = accessLogGroup(stage, all);
  if (!group) return undefined;
  const name = literal(group.properties.LogGroupName);
  const isShared = all.ofType(...STAGES).filter((one) => accessLogGroup(one, all) === group).length > 1;
  if (name !== undefined && !isShared) return { group, options: { accessLog: { logGroupName: quoted(name) } } };
  const { logicalId, type } = group;
  return {
    notKept: {
      logicalId,
      type,
      why: isShared
        ? 'several stages write to it, and each stage of a gateway has its own'
        : 'its name is generated or known at deployment only, and a new log group has another',
      instead: `keep the construct of ${logicalId} and pass it as accessLog.logGroup, or let the log begin again`,
    },
  };
}

function accessLogGroup({ properties }: PlainResource, all: Resources): PlainResource | undefined {
  const setting = properties.AccessLogSetting ?? properties.AccessLogSettings;
  if (typeof setting !== 'object' || setting === null || setting instanceof Expression) return undefined;
  const destination = (setting as Readonly<Record<string, Resolved>>).DestinationArn as Resolved | undefined;
  const [reference] = referencesOf(destination);
  const group = reference && all.get(reference);
  return group?.type === 'AWS::Logs::LogGroup' ? group : undefined;
}

const STAGES = ['AWS::ApiGateway::Stage', 'AWS::ApiGatewayV2::Stage'];

const stagesOf = (certificate: PlainResource, all: Resources): PlainResource[] =>
  all.referring(certificate, 'ClientCertificateId', ...STAGES);

const sharedCertificate = ({ logicalId, type }: PlainResource): NotKept => ({
  logicalId,
  type,
  why: 'several stages use it, and each stage of a gateway has its own',
  instead: `keep the construct of ${logicalId}, and pass it as clientCertificate: GatewayClientCertificate.fromClientCertificateId(…)`,
});

function executionLogGroup(stage: PlainResource, api: PlainResource, all: Resources): PlainResource | undefined {
  return all.ofType('AWS::Logs::LogGroup').find(({ properties }) => {
    const name = properties.LogGroupName;
    if (!(name instanceof Expression)) return false;
    const [first, second, third] = name.parts;
    const isLog = Object.values(EXECUTION_LOG_PREFIXES).some((prefix) => prefix === first);
    const isOfApi = typeof second === 'object' && sameResource(second, api);
    return isLog && isOfApi && third === `/${literal(stage.properties.StageName)}`;
  });
}

/** The pieces of an API that is made of resources. */
export function partsOf(kind: GatewayKind, api: PlainResource, all: Resources) {
  const types = kind === 'rest' ? API_PARTS.rest : API_PARTS.v2;
  const parts = all.referring(api, apiProperty(kind), ...types);
  const routes: Ids = {};
  if (kind === 'websocket') {
    for (const { type, properties, logicalId } of parts) {
      const key = type === 'AWS::ApiGatewayV2::Route' ? literal(properties.RouteKey) : undefined;
      if (key !== undefined) put(routes, key, logicalId);
    }
  }
  return { adopt: { routes }, retain: parts.filter(({ isRetained }) => !isRetained).map(({ logicalId }) => logicalId) };
}
