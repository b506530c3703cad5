import { Token } from 'aws-cdk-lib';
import { MAPPING_KEY_MAX_CHARACTERS, MULTI_LEVEL_MAPPINGS_PER_DOMAIN } from '../facts/quotas';
import { MAPPING_KEY } from '../facts/names';
import { type Owner, show } from '../authoring/errors';
import { ApiKind, kindOf, type ApiMappingTarget } from './api';
import { ApiDomainEndpointType } from './domain-props';

/** A path of the domain and the stage behind it. */
export interface MappingDefinition {
  /** Empty for what is under no other path. */
  readonly path: string;
  readonly target: ApiMappingTarget;
}

/** The paths of one domain; what cannot stand beside each other is refused where it is added. */
export class MappingTable {
  public readonly entries: MappingDefinition[] = [];

  constructor(private readonly endpointType: ApiDomainEndpointType) {}

  /** @throws where the path is not one, or is taken */
  public checkPath(path: string, isAncient: boolean, owner: Owner): void {
    if (Token.isUnresolved(path)) {
      throw owner.error('path must be written out, since ids are made of it');
    }
    const taken = this.entries.find((entry) => entry.path === path);
    if (taken) {
      throw owner.error(
        `${path === '' ? 'the whole name' : `path ${show(path)}`} is ${taken.target.label}'s already; give another path`,
      );
    }
    if (path === '') return;
    checkKey(path, 'path', owner);
    if (!path.includes('/')) return;
    if (this.endpointType !== ApiDomainEndpointType.REGIONAL) {
      throw owner.error(
        `path ${show(path)} has several levels, and ${this.endpointType} domains take one; give a path without "/"` +
          (this.endpointType === ApiDomainEndpointType.PRIVATE ? ', or use addRoutingRule' : ''),
      );
    }
    if (isAncient) {
      throw owner.error(`path ${show(path)} has several levels, which need TLS 1.2; leave securityPolicy TLS_1_0 out`);
    }
    if (this.entries.filter((entry) => entry.path.includes('/')).length >= MULTI_LEVEL_MAPPINGS_PER_DOMAIN) {
      throw owner.error(
        `the domain has ${MULTI_LEVEL_MAPPINGS_PER_DOMAIN} paths of several levels, which is the quota; give a path without "/"`,
      );
    }
  }

  /** @throws where the API cannot stand beside those that are there */
  public add(path: string, target: ApiMappingTarget, owner: Owner): void {
    checkKind(this.endpointType, target, owner);
    const entry = { path, target };
    for (const other of this.entries) this.checkPair(other.target, target, owner);
    for (const [rest, http] of pairs(this.entries, entry)) {
      if (!rest.path.includes('/') || !rest.target.securityPolicy?.startsWith('SecurityPolicy_')) continue;
      throw owner.error(
        `${rest.target.label} has the securityPolicy ${rest.target.securityPolicy} and a path of several levels, ${show(rest.path)}, so that ` +
          `${http.target.label} cannot be on the same domain; set securityPolicy: SecurityPolicy.TLS_1_2 there, or give it a path of one level`,
      );
    }
    this.entries.push(entry);
  }

  private checkPair(one: ApiMappingTarget, other: ApiMappingTarget, owner: Owner): void {
    const [socket, rest] = one.kind === ApiKind.WEBSOCKET ? [one, other] : [other, one];
    if (socket.kind !== ApiKind.WEBSOCKET || rest.kind === ApiKind.WEBSOCKET) return;
    throw owner.error(
      `${socket.label} is a WebSocket API, which shares its domain with WebSocket APIs only, and ${rest.label} is on it; ` +
        'make an ApiDomain of its own for it, e.g. "ws.example.com"',
    );
  }
}

/** @throws where an API of this kind cannot be behind a domain of this type */
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
      ? `${label} is ${endpointType}, and PRIVATE domains are for private APIs only; make both of one kind`
      : `${label} is a private API, which only a private name reaches; set endpointType: ApiDomainEndpointType.PRIVATE on the domain`,
  );
}

/** @throws where it holds what a path of a domain cannot hold */
export function checkKey(path: string, prop: string, owner: Owner): void {
  if (path.startsWith('/') || path.endsWith('/') || path.includes('//')) {
    const meant = path.split('/').filter((segment) => segment !== '');
    throw owner.error(
      `${prop} ${show(path)} must have no "/" at its ends and none twice; ` +
        (meant.length > 0 ? `write ${show(meant.join('/'))}` : 'leave it out for the whole name'),
    );
  }
  if (!MAPPING_KEY.test(path)) {
    throw owner.error(`${prop} ${show(path)} may hold letters, digits and $-_.+!*'()/ only`);
  }
  if (path.length > MAPPING_KEY_MAX_CHARACTERS) {
    throw owner.error(`${prop} has ${path.length} characters; it takes ${MAPPING_KEY_MAX_CHARACTERS}`);
  }
}

/** REST beside HTTP, the new one among them. */
function pairs(entries: readonly MappingDefinition[], entry: MappingDefinition): MappingDefinition[][] {
  if (entry.target.kind === ApiKind.HTTP) {
    return entries.filter(({ target }) => target.kind === ApiKind.REST).map((rest) => [rest, entry]);
  }
  return entries.filter(({ target }) => target.kind === ApiKind.HTTP).map((http) => [entry, http]);
}
