import { readAccounts } from '../neighbours/accounts';
import { readDomainAliases, readDomainMappings, readDomainNames, readRoutingRules } from '../neighbours/domains';
import { LambdaTargets } from '../neighbours/lambda';
import { LogGroups } from '../neighbours/log-groups';
import { type ApiModel } from '../model/model';
import {
  readAlarms,
  readMetricFilters,
  readStateMachines,
  readVpcLinks,
  readWebAclLogs,
  readWebAcls,
} from '../neighbours/neighbours';
import { readConnectionStatements, readServiceRoles } from '../neighbours/service-roles';
import { Reaches } from './reach';
import { RestApis } from '../rest/api';
import { RestResources } from '../rest/resources';
import { expanded } from '../sam/expand';
import { App } from './scope';
import { type TemplateSource } from './source';
import { readFunctions, readPermissions, readWebAclAssociations } from '../neighbours/functions-and-web-acls';
import { readDuplicateKeys, readUntransformed } from '../neighbours/template-faults';
import { readApiKeys, readUsagePlans, Stages } from '../neighbours/usage';
import { V2Apis } from '../v2/apis';
import { V2Resources } from '../v2/resources';

/**
 * Reads what the templates say about API Gateway. Never throws: what is odd is unknown, or left out.
 * @param previous the same templates as they were before, by the names that they have now
 */
export function readModel(sources: readonly TemplateSource[], previous: readonly TemplateSource[] = []): ApiModel {
  const all = sources.map(expanded);
  const written = new Map(all.flatMap((one) => (one.written ? [[one.source.file, one.written] as const] : [])));
  const app = new App(all.map(({ source }) => source));
  const lambdas = new LambdaTargets(app);
  const logGroups = new LogGroups(app);
  const reaches = new Reaches(app);
  const rest = new RestApis(app, new RestResources(app, lambdas), lambdas, logGroups, reaches);
  const v2 = new V2Apis(app, new V2Resources(app, lambdas), lambdas, logGroups, reaches);
  const stages = new Stages([...rest.stages, ...v2.stages]);
  return {
    templates: [...app.scopes.values()].map(({ source, resources }) => ({
      file: source.file,
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
    accounts: readAccounts(app),
    functions: readFunctions(app),
    permissions: readPermissions(app, lambdas),
    logGroups: logGroups.all,
    webAclAssociations: readWebAclAssociations(app, stages),
    usagePlans: readUsagePlans(app, stages),
    apiKeys: readApiKeys(app),
    domainNames: readDomainNames(app),
    domainMappings: readDomainMappings(app, stages),
    routingRules: readRoutingRules(app, stages),
    domainAliases: readDomainAliases(app),
    vpcLinks: readVpcLinks(app),
    stateMachines: readStateMachines(app),
    alarms: readAlarms(app),
    metricFilters: readMetricFilters(app),
    webAcls: readWebAcls(app),
    webAclLogs: readWebAclLogs(app, logGroups),
    serviceRoles: readServiceRoles(app),
    connectionStatements: readConnectionStatements(app),
    untransformed: readUntransformed(sources),
    duplicateKeys: readDuplicateKeys(sources),
    written: (location) => written.get(location.template)?.(location) ?? location,
    ...(previous.length > 0 && { previous: readModel(previous) }),
  };
}
