import { readApisInPart } from '../neighbours/apis-in-part';
import { readAccounts } from '../neighbours/accounts';
import { readCognito } from '../neighbours/cognito';
import {
  readDomainAliases,
  readDomainAssociations,
  readDomainMappings,
  readDomainNames,
  readRoutingRules,
} from '../neighbours/domains';
import { readCircles } from '../neighbours/circles';
import { readDocumentationParts, readDocumentationVersions } from '../neighbours/documentation';
import { readApiReferences } from '../neighbours/api-references';
import { LambdaTargets } from '../neighbours/lambda';
import { LogGroups } from '../neighbours/log-groups';
import { NamedResources } from '../neighbours/named-resources';
import { type ApiModel, type ResourceRef } from '../model/model';
import {
  readAlarms,
  readMetricFilters,
  readStateMachines,
  readVpcLinks,
  readWebAclLogs,
  readWebAcls,
} from '../neighbours/neighbours';
import { readRoles } from '../neighbours/roles';
import { readConnectionStatements, readServiceRoles } from '../neighbours/service-roles';
import { readParameters, type ReadOptions, withoutUnmade, withParameters } from './parameter-values';
import { Node } from './node';
import { Reaches } from './reach';
import { RestApis } from '../rest/api';
import { RestResources } from '../rest/resources';
import { expanded } from '../sam/expand';
import { readGatewayResources } from '../shapes/resources';
import { App } from './scope';
import { SharedApis } from './shared-apis';
import { type TemplateSource } from './source';
import { readAliases, readFunctions, readLayers, readPermissions, readVersions } from '../neighbours/functions';
import { readSamFaults } from '../neighbours/sam-faults';
import { readDuplicateKeys, readUntransformed } from '../neighbours/template-faults';
import { readApiKeys, readUsagePlans, Stages } from '../neighbours/usage';
import { readWebAclAssociations } from '../neighbours/web-acl-associations';
import { readV2Properties } from '../neighbours/v2-properties';
import { V2Apis } from '../v2/apis';
import { V2Resources } from '../v2/resources';

/**
 * Reads what the templates say about API Gateway. Never throws: what is odd is unknown, or left out.
 * @param previous the same templates as they were before, by the names that they have now
 * @param options for a reader that is about one deployment
 */
export function readModel(
  templates: readonly TemplateSource[],
  previous: readonly TemplateSource[] = [],
  options: ReadOptions = {},
): ApiModel {
  const valued = templates.map((source) => withParameters(source, options));
  const sources = options.asDeployed ? withoutUnmade(valued) : valued;
  const all = sources.map(expanded);
  const written = new Map(all.flatMap((one) => (one.written ? [[one.source.file, one.written] as const] : [])));
  const app = new App(all.map(({ source }) => source));
  const lambdas = new LambdaTargets(app);
  const logGroups = new LogGroups(app);
  const reaches = new Reaches(app);
  const shared = new SharedApis(app);
  const ownStages = new Map(all.map(({ source, stagesOfTheirOwn }) => [source.file, stagesOfTheirOwn]));
  const isExtra = ({ template, logicalId }: ResourceRef) => ownStages.get(template)?.has(logicalId) === true;
  const restResources = new RestResources(app, lambdas);
  const rest = new RestApis(app, restResources, lambdas, logGroups, reaches, shared, isExtra);
  const v2Resources = new V2Resources(app, lambdas);
  const v2 = new V2Apis(app, v2Resources, lambdas, logGroups, reaches, shared);
  const stages = new Stages([...rest.stages, ...v2.stages]);
  const associations = readWebAclAssociations(app, stages);
  // Only rules ask for these.
  const roles = once(() => readRoles(app));
  const apiReferences = once(() => readApiReferences(app, associations));
  const namedResources = once(() => new NamedResources(app, stages, reaches, associations).read());
  const circles = once(() => readCircles(app));
  const v2Properties = once(() => readV2Properties(app));
  // Only a local gateway asks for these.
  const parameters = once(() => readParameters(app));
  const cognito = once(() => readCognito(app));
  const aliases = once(() => readAliases(app, lambdas));
  const versions = once(() => readVersions(app, lambdas));
  const layers = once(() => readLayers(app));
  return {
    templates: [...app.scopes.values()].map(({ source, resources }) => ({
      file: source.file,
      stackName: source.stackName,
      stackPath: source.stackPath,
      region: source.region,
      account: source.account,
      resourceCount: resources.size,
      bytes: source.bytes,
    })),
    restApis: rest.apis,
    detachedStages: rest.detachedStages,
    httpApis: v2.httpApis,
    webSocketApis: v2.webSocketApis,
    detachedV2Stages: v2.detachedStages,
    apisInPart: readApisInPart(app, { rest: restResources.elsewhere, v2: v2Resources.elsewhere, kinds: v2.kinds }),
    accounts: readAccounts(app),
    functions: readFunctions(app),
    permissions: readPermissions(app, lambdas),
    logGroups: logGroups.all,
    webAclAssociations: associations,
    usagePlans: readUsagePlans(app, stages),
    apiKeys: readApiKeys(app, stages),
    domainNames: readDomainNames(app),
    domainMappings: readDomainMappings(app, stages),
    routingRules: readRoutingRules(app, stages),
    domainAliases: readDomainAliases(app),
    domainAssociations: readDomainAssociations(app),
    documentationParts: readDocumentationParts(app),
    documentationVersions: readDocumentationVersions(app, reaches),
    vpcLinks: readVpcLinks(app),
    stateMachines: readStateMachines(app),
    alarms: readAlarms(app),
    metricFilters: readMetricFilters(app),
    webAcls: readWebAcls(app),
    webAclLogs: readWebAclLogs(app, logGroups),
    serviceRoles: readServiceRoles(app),
    get roles() {
      return roles();
    },
    get apiReferences() {
      return apiReferences();
    },
    get namedResources() {
      return namedResources();
    },
    get v2Resources() {
      return v2Properties();
    },
    get parameters() {
      return parameters();
    },
    get cognito() {
      return cognito();
    },
    get aliases() {
      return aliases();
    },
    get versions() {
      return versions();
    },
    get layers() {
      return layers();
    },
    get circles() {
      return circles();
    },
    typeOf: (ref) => app.typeOf(ref),
    textOf: (ref, property) => {
      const scope = app.scopes.get(ref.template);
      return scope && Node.properties(scope, ref.logicalId).get(property).text();
    },
    connectionStatements: readConnectionStatements(app),
    untransformed: readUntransformed(sources),
    duplicateKeys: readDuplicateKeys(sources),
    samFaults: readSamFaults(sources),
    repeatedEvents: all.flatMap(({ repeatedEvents = [] }) => repeatedEvents),
    // As they were before SAM made others of them.
    gatewayResources: readGatewayResources((written.size > 0 ? new App(sources) : app).scopes.values()),
    written: (location) => written.get(location.template)?.(location) ?? location,
    ...(previous.length > 0 && { previous: readModel(previous, [], options) }),
  };
}

/** What is read when it is first requested. */
function once<T>(read: () => T): () => T {
  let value: { readonly of: T } | undefined;
  return () => (value ??= { of: read() }).of;
}
