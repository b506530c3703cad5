import { type ApiModel, type Location } from '../../../template/model/model';
import { outline, referenceOf, type Text } from '../../../template/model/text';
import { type Value, isKnown } from '../../../template/model/value';
import { type ResourceRef } from '../../../template/model/model';
import { type Rule, type Violation } from '../../rule';
import { cloudFormation, inside, resourceKey } from '../../queries/common';

const PRIVATE = 'AWS::ApiGateway::DomainNameV2';

/** A property that names a domain. */
interface Use {
  readonly location: Location;
  readonly property: 'DomainName' | 'DomainNameArn';
  readonly domain?: Value<ResourceRef>;
  readonly text?: Text;
  /** The kind of domain that it is for; undefined for both. */
  readonly isPrivate?: boolean;
  readonly owner: string;
}

function usesOf(model: ApiModel): Use[] {
  return [
    ...model.domainMappings.flatMap(({ resourceType, location, domain, domainName }): Use[] => {
      const owner = resourceType.slice(resourceType.lastIndexOf(':') + 1);
      if (owner === 'RoutingRule') {
        const place = { ...location, path: ['Properties', 'DomainNameArn'] };
        return [{ location: place, property: 'DomainNameArn', domain, text: domainName, owner }];
      }
      const property = owner === 'BasePathMappingV2' ? 'DomainNameArn' : 'DomainName';
      const isPrivate = owner === 'BasePathMappingV2' ? true : owner === 'BasePathMapping' ? false : undefined;
      return [{ location: inside(location, property), property, domain, text: domainName, owner, isPrivate }];
    }),
    ...model.domainAssociations.map(({ location, domain, domainArn }): Use => ({
      location: inside(location, 'DomainNameArn'),
      property: 'DomainNameArn',
      domain,
      text: domainArn,
      owner: 'DomainNameAccessAssociation',
      isPrivate: true,
    })),
  ];
}

/** `Ref` gives the name of a public domain, and the ARN of a private one. */
function faultOf({ property, text, domain }: Use, types: ReadonlyMap<string, string>): string | undefined {
  const reference = referenceOf(text);
  const type = isKnown(domain) ? types.get(resourceKey(domain)) : undefined;
  if (reference && type !== undefined) {
    const given = reference.attribute ?? (type === PRIVATE ? 'DomainNameArn' : 'DomainName');
    if (given === property) return undefined;
    const written =
      reference.attribute === undefined
        ? `!Ref ${reference.logicalId}`
        : `!GetAtt ${reference.logicalId}.${reference.attribute}`;
    const instead =
      property === 'DomainNameArn' ? `!GetAtt ${reference.logicalId}.DomainNameArn` : `!Ref ${reference.logicalId}`;
    return `is ${written}, which gives ${given}; write ${instead}`;
  }
  if (typeof text !== 'string' || text === '') return undefined;
  const isArn = text.startsWith('arn:');
  if (property === 'DomainNameArn' && !/^arn:[^:]+:apigateway:[^:]*:[^:]*:\/domainnames\//.test(text)) {
    return `is "${outline(text)}", but must be the ARN of a domain (arn:aws:apigateway:<region>:<account>:/domainnames/…)`;
  }
  return property === 'DomainName' && isArn ? `is an ARN, but must be the name of the domain` : undefined;
}

function* ofUse(use: Use, types: ReadonlyMap<string, string>): Iterable<Violation> {
  const { location, property, owner, isPrivate, domain } = use;
  const fault = faultOf(use, types);
  const type = isKnown(domain) ? types.get(resourceKey(domain)) : undefined;
  if (type !== undefined && isPrivate !== undefined && (type === PRIVATE) !== isPrivate) {
    const kind = isPrivate ? 'private' : 'public';
    yield { location, message: `${owner} is for ${kind} domains only, and the domain is an ${type}` };
  } else if (fault !== undefined) {
    yield { location, message: `${property} of ${owner} ${fault}` };
  }
}

export const rule: Rule = {
  id: 'DOM26',
  appliesTo: ['domain'],
  severity: 'error',
  title: 'A mapping, rule or association names a domain of its kind, by name or by ARN',
  why: 'Mappings of a public domain refer to its name; routing rules, and everything that belongs to a private domain, refer to the ARN. Otherwise API Gateway does not find the domain, and the stack rolls back.',
  fix: {
    library: 'Let `ApiDomain` create mappings, rules and associations.',
    l2: 'Pass the domain to `addApiMapping(…)`, or `domain.domainName` to an L1 of a mapping.',
    cloudFormation:
      'Write a reference to the domain in `DomainName`, and its attribute `DomainNameArn` in `DomainNameArn`; use `AWS::ApiGateway::BasePathMappingV2` for an `AWS::ApiGateway::DomainNameV2`.',
  },
  link: cloudFormation('resource-apigateway-basepathmappingv2'),
  *check(model) {
    const types = new Map(model.domainNames.map(({ location, resourceType }) => [resourceKey(location), resourceType]));
    const seen = new Set<string>();
    for (const use of usesOf(model)) {
      const place = `${resourceKey(use.location)} ${use.property}`;
      if (!seen.has(place)) yield* ofUse(use, types);
      seen.add(place);
    }
  },
};
