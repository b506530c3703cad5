import { Token } from 'aws-cdk-lib';
import { MAPPING_KEY_MAX_CHARACTERS, MULTI_LEVEL_MAPPINGS_PER_DOMAIN } from '../facts/quotas';
import { MAPPING_KEY } from '../facts/names';
import { type Owner, show } from '../authoring/errors';
import { ApiKind, kindOf, type ApiMappingTarget } from './api';
import { ApiDomainEndpointType } from './domain-props';

/** A path of the domain and the stage behind it. */
export interface MappingDefinition {
  /** Empty for all paths that are not mapped otherwise. */
  readonly path: string;
  readonly target: ApiMappingTarget;
}

/** The paths of one domain; `add` throws for combinations that cannot share a domain. */
export class MappingTable {
  public readonly entries: MappingDefinition[] = [];

  constructor(private readonly endpointType: ApiDomainEndpointType) {}

  /** @throws if the path is invalid, or is taken */
  public checkPath(path: string, isAncient: boolean, owner: Owner): void {
    if (Token.isUnresolved(path)) {
      throw owner.error('path must be a literal, because ids are derived from it');
    }
    const taken = this.entries.find((entry) => entry.path === path);
    if (taken) {
      throw owner.error(
        `${path === '' ? 'the whole name' : `path ${show(path)}`} is ${taken.target.label}'s already; choose another path`,
      );
    }
    if (path === '') return;
    checkKey(path, 'path', owner);
    if (!path.includes('/')) return;
    if (this.endpointType !== ApiDomainEndpointType.REGIONAL) {
      throw owner.error(
        `path ${show(path)} has several levels, and ${this.endpointType} domains support one; use a path without "/"` +
          (this.endpointType === ApiDomainEndpointType.PRIVATE ? ', or use addRoutingRule' : ''),
      );
    }
    if (isAncient) {
      throw owner.error(`path ${show(path)} has several levels, which need TLS 1.2; leave securityPolicy TLS_1_0 out`);
    }
    if (this.entries.filter((entry) => entry.path.includes('/')).length >= MULTI_LEVEL_MAPPINGS_PER_DOMAIN) {
      throw owner.error(
        `the domain has ${MULTI_LEVEL_MAPPINGS_PER_DOMAIN} paths with several levels, which is the quota; use a path without "/"`,
      );
    }
  }

  /** @throws if the API cannot share the domain with those already mapped */
  public add(path: string, target: ApiMappingTarget, owner: Owner): void {
    checkKind(this.endpointType, target, owner);
    const entry = { path, target };
    for (const other of this.entries) this.checkPair(other.target, target, owner);
    for (const [rest, http] of pairs(this.entries, entry)) {
      if (!rest.path.includes('/') || !rest.target.securityPolicy?.startsWith('SecurityPolicy_')) continue;
      throw owner.error(
        `${rest.target.label} has the securityPolicy ${rest.target.securityPolicy} and a path with several levels, ${show(rest.path)}, so ` +
          `${http.target.label} cannot be on the same domain; set securityPolicy: SecurityPolicy.TLS_1_2 there, or give it a path with one level`,
      );
    }
    this.entries.push(entry);
  }

  private checkPair(one: ApiMappingTarget, other: ApiMappingTarget, owner: Owner): void {
    const [socket, rest] = one.kind === ApiKind.WEBSOCKET ? [one, other] : [other, one];
    if (socket.kind !== ApiKind.WEBSOCKET || rest.kind === ApiKind.WEBSOCKET) return;
    throw owner.error(
      `${socket.label} is a WebSocket API, which can share a domain only with WebSocket APIs, and ${rest.label} is on it; ` +
        'create a separate ApiDomain for it, e.g. "ws.example.com"',
    );
  }
}

/** @throws if an API of this kind cannot be behind a domain of this type */
export function checkKind(type: ApiDomainEndpointType, target: ApiMappingTarget, owner: Owner): void {
  const { kind, endpointType, label } = target;
  if (kind !== ApiKind.REST && type !== ApiDomainEndpointType.REGIONAL) {
    throw owner.error(
      `${label} is ${kindOf(kind).api}, and ${type} domains are for REST APIs only; make the domain REGIONAL`,
    );
  }
  const isPrivate = type === ApiDomainEndpointType.PRIVATE;
  if (endpointType === undefined || Token.isUnresolved(endpointType)) return;
  if ((endpointType === 'PRIVATE') === isPrivate) return;
  throw owner.error(
    isPrivate
      ? `${label} is ${endpointType}, and PRIVATE domains are for private APIs only; give both the same endpoint type`
      : `${label} is a private API, which only a PRIVATE domain can reach; set endpointType: ApiDomainEndpointType.PRIVATE on the domain`,
  );
}

/** @throws if a path of a domain cannot contain it */
export function checkKey(path: string, prop: string, owner: Owner): void {
  if (path.startsWith('/') || path.endsWith('/') || path.includes('//')) {
    const meant = path.split('/').filter((segment) => segment !== '');
    throw owner.error(
      `${prop} ${show(path)} must not begin or end with "/" or contain "//"; ` +
        (meant.length > 0 ? `write ${show(meant.join('/'))}` : 'leave it out for the whole name'),
    );
  }
  if (!MAPPING_KEY.test(path)) {
    throw owner.error(`${prop} ${show(path)} may contain only letters, digits and $-_.+!*'()/`);
  }
  if (path.length > MAPPING_KEY_MAX_CHARACTERS) {
    throw owner.error(`${prop} has ${path.length} characters; the maximum is ${MAPPING_KEY_MAX_CHARACTERS}`);
  }
}

/** Pairs of a REST and an HTTP API that include the new entry. */
function pairs(entries: readonly MappingDefinition[], entry: MappingDefinition): MappingDefinition[][] {
  if (entry.target.kind === ApiKind.HTTP) {
    return entries.filter(({ target }) => target.kind === ApiKind.REST).map((rest) => [rest, entry]);
  }
  return entries.filter(({ target }) => target.kind === ApiKind.HTTP).map((http) => [entry, http]);
}
