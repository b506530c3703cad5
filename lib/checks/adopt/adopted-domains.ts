import { type GatewayKind } from '../../facts/kinds';
import { put } from '../../lookup/named';
import { type PlainResource } from '../../template/reader/plain-resources';
import { type NotKept } from './not-kept';
import { type Resources } from './resources';
import { literal, referencesOf } from './values';

type Ids = Record<string, string>;

/** How an `ApiDomain` takes over a domain name that leads to the API. */
export interface AdoptedDomain {
  readonly logicalId: string;
  readonly domainName: string;
  readonly adopt: Readonly<Record<string, string | Ids>>;
}

interface AdoptedDomains {
  readonly domains: readonly AdoptedDomain[];
  readonly notKept: readonly NotKept[];
}

const MAPPINGS = ['AWS::ApiGateway::BasePathMapping', 'AWS::ApiGatewayV2::ApiMapping'];

export function adoptedDomains(kind: GatewayKind, api: PlainResource, all: Resources): AdoptedDomains {
  const property = kind === 'rest' ? ['RestApiId', 'ApiId'] : ['ApiId'];
  const mappings = property.flatMap((name) => all.referring(api, name, ...MAPPINGS));
  const byDomain = new Map<PlainResource, PlainResource[]>();
  const notKept: NotKept[] = [];
  for (const mapping of mappings) {
    const domain = all.target(mapping, 'DomainName');
    if (domain) byDomain.set(domain, [...(byDomain.get(domain) ?? []), mapping]);
    else notKept.push(ofForeignDomain(mapping));
  }
  const domains: AdoptedDomain[] = [];
  for (const [domain, its] of byDomain) {
    if (domain.type === 'AWS::ApiGateway::DomainName') domains.push(adopted(domain, its, all));
    else notKept.push(otherType(domain, its));
  }
  return { domains, notKept };
}

function adopted(domain: PlainResource, its: readonly PlainResource[], all: Resources): AdoptedDomain {
  const isEdge = JSON.stringify(domain.properties.EndpointConfiguration ?? 'EDGE').includes('EDGE');
  const [mappings, basePathMappings, records]: Ids[] = [{}, {}, {}];
  for (const { type, logicalId, properties } of its) {
    const isBasePath = type === 'AWS::ApiGateway::BasePathMapping';
    const path = literal(isBasePath ? properties.BasePath : properties.ApiMappingKey) ?? '';
    put(isBasePath && !isEdge ? basePathMappings : mappings, path === '(none)' ? '' : path, logicalId);
  }
  for (const record of all.ofType('AWS::Route53::RecordSet')) {
    const type = literal(record.properties.Type);
    const isItsOwn = referencesOf(record.properties.AliasTarget).some((one) => all.get(one) === domain);
    if (isItsOwn && (type === 'A' || type === 'AAAA')) put(records, type, record.logicalId);
  }
  const maps = Object.entries({ mappings, basePathMappings, records }).filter(([, map]) => Object.keys(map).length > 0);
  return {
    logicalId: domain.logicalId,
    domainName: literal(domain.properties.DomainName) ?? domain.logicalId,
    adopt: { domainName: domain.logicalId, ...Object.fromEntries(maps) },
  };
}

const ofForeignDomain = ({ logicalId, type }: PlainResource): NotKept => ({
  logicalId,
  type,
  why: 'its domain name is not in the template',
  instead: `use ApiDomain.fromApiDomainAttributes, and domain.map(gateway, { adopt: '${logicalId}' })`,
});

const otherType = ({ logicalId, type }: PlainResource, its: readonly PlainResource[]): NotKept => {
  const mapped = its.map((one) => `domain.map(gateway, { adopt: '${one.logicalId}' })`);
  return {
    logicalId,
    type,
    why: 'an ApiDomain is an AWS::ApiGateway::DomainName, and CloudFormation cannot change the type of a resource',
    instead: `keep the construct of ${logicalId}, use ApiDomain.fromApiDomainAttributes, and ${mapped.join(', ')}`,
  };
};
