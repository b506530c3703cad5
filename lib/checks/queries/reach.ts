import { type ApiModel, type HttpApi, type ResourceRef, type RestApi } from '../../template/model/model';
import { isKnown, UNKNOWN } from '../../template/model/value';
import { type RuleSeverity } from '../rule';
import { knownAnd, resourceKey, sameResource } from './common';
import { type Domain, domainsOf } from './domains';
import { stageWebAcls } from './web-acls';

/** Whom an API lets through before any authorizer. */
export interface Callers {
  /** After "has no authorization: ". */
  readonly message: string;
  /** What else than an authorizer guards the routes. */
  readonly guard?: string;
  /** Undefined if that is anyone. */
  readonly severity?: RuleSeverity;
}

export const ANYONE: Callers = { message: 'anyone can call it' };
const SOME_NETWORK: Callers = { message: 'anyone who reaches the API can call it', severity: 'warning' };
const PRIVATE: Callers = {
  message: 'anyone who reaches the private API can call it',
  guard: 'the network',
  severity: 'info',
};
const MUTUAL_TLS: Callers = {
  message: 'anyone with a client certificate that the trust store accepts can call it',
  guard: 'mutual TLS',
  severity: 'info',
};
const WEB_ACL: Callers = {
  message: 'only the web ACL decides who can call it',
  guard: 'the web ACL',
  severity: 'warning',
};

/** Who can send requests to the API, whatever its resource policy says. */
export function reachOf(model: ApiModel, api: RestApi | HttpApi): Callers {
  if (api.kind === 'rest') {
    if (!isKnown(api.endpointTypes)) return SOME_NETWORK;
    if (api.endpointTypes.includes('PRIVATE')) return PRIVATE;
  }
  const reaching = throughDomains(model, api);
  return reaching === ANYONE && api.kind === 'rest' && isBlocked(model, api) ? WEB_ACL : reaching;
}

/** Without the default endpoint, an API is reached through its domains alone. */
function throughDomains(model: ApiModel, api: RestApi | HttpApi): Callers {
  const { disableExecuteApiEndpoint: isOff = false, location } = api;
  if (isOff === false) return ANYONE;
  const domains = domainsTo(model, location);
  if (domains.some((domain) => domain !== undefined && domain.mutualTls === undefined)) return ANYONE;
  const isTold = isOff !== UNKNOWN && domains.length > 0 && !domains.includes(undefined);
  return isTold ? MUTUAL_TLS : SOME_NETWORK;
}

function domainsTo(model: ApiModel, api: ResourceRef): (Domain | undefined)[] {
  const { paths, rules } = domainsOf(model);
  const isApi = ({ ref }: { readonly ref?: ResourceRef }): boolean => ref !== undefined && sameResource(ref, api);
  return [...paths.filter((path) => isApi(path.api)), ...rules.filter(({ apis }) => apis.some(isApi))].map(
    ({ domain }) => domain,
  );
}

const blockingByModel = new WeakMap<ApiModel, ReadonlySet<string>>();

/** The stages whose web ACL blocks what its rules do not allow. */
function blockingStages(model: ApiModel): ReadonlySet<string> {
  let blocking = blockingByModel.get(model);
  if (!blocking) {
    const guarded = [...stageWebAcls(model)].filter(({ webAcl }) => knownAnd(webAcl?.blocksOthers, Boolean));
    blocking = new Set(guarded.flatMap(({ association: { stage } }) => (stage ? [resourceKey(stage)] : [])));
    blockingByModel.set(model, blocking);
  }
  return blocking;
}

/** Whether web ACLs block what their rules do not allow, on each stage. */
function isBlocked(model: ApiModel, { stages }: RestApi): boolean {
  const blocking = blockingStages(model);
  return stages.length > 0 && stages.every(({ location }) => blocking.has(resourceKey(location)));
}
