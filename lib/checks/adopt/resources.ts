import { resourceKey } from '../../template/model/place';
import { type PlainResource } from '../../template/reader/plain-resources';
import { Expression } from '../../template/model/expression';
import { type Resolved } from '../../template/model/resolved';
import { at } from '../../lookup/named';
import { keyOfValue, literal, referencesOf } from './values';

/** The resources of one state of the templates. */
export class Resources {
  private readonly byKey: ReadonlyMap<string, PlainResource>;

  constructor(public readonly all: readonly PlainResource[]) {
    this.byKey = new Map(all.map((one) => [resourceKey(one), one]));
  }

  public get(ref: { readonly template: string; readonly logicalId: string }): PlainResource | undefined {
    return this.byKey.get(resourceKey(ref));
  }

  public ofType(...types: readonly string[]): PlainResource[] {
    return this.all.filter(({ type }) => types.includes(type));
  }

  /** The resource that a property refers to, and to nothing else. */
  public target(resource: PlainResource, property: string): PlainResource | undefined {
    const value = at(resource.properties, property);
    const [reference, ...others] = referencesOf(value);
    return reference && others.length === 0 ? this.get(reference) : undefined;
  }

  /** Those of the types that refer to a resource with a property. */
  public referring(to: PlainResource, property: string, ...types: readonly string[]): PlainResource[] {
    return this.ofType(...types).filter((one) => this.target(one, property) === to);
  }

  /** The name that a value is, or that the resource has which it refers to (`Ref` of a stage, of a domain name). */
  public nameIn(value: Resolved | undefined): string | undefined {
    const named = value instanceof Expression ? value.resource : undefined;
    const property = named && NAME_OF[this.get(named)?.type ?? ''];
    const name =
      property !== undefined && named?.attribute === undefined ? this.get(named!)?.properties[property] : value;
    return keyOfValue(name);
  }
}

/** Types whose `Ref` is a name that the template may say. */
const NAME_OF: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::Stage': 'StageName',
  'AWS::ApiGatewayV2::Stage': 'StageName',
  'AWS::ApiGateway::DomainName': 'DomainName',
  'AWS::ApiGatewayV2::DomainName': 'DomainName',
};

/** What there may be only one of, as a text; undefined where the service or CloudFormation makes up the name. */
export function identityOf(resource: PlainResource, resources: Resources): string | undefined {
  const { type, properties } = resource;
  const name = (property: string) => resources.nameIn(properties[property]);
  const together = (kind: string, ...parts: readonly (string | undefined)[]) =>
    parts.includes(undefined) ? undefined : [kind, ...parts].join(' | ');
  switch (type) {
    case 'AWS::ApiGateway::Stage':
      return together('stage', name('RestApiId'), name('StageName'));
    case 'AWS::ApiGateway::Deployment':
      return together('stage', name('RestApiId'), name('StageName'));
    case 'AWS::ApiGatewayV2::Stage':
      return together('stage', name('ApiId'), name('StageName'));
    case 'AWS::ApiGateway::ApiKey':
      return together('key', name('Value'));
    case 'AWS::ApiGateway::UsagePlanKey':
      return together('plan key', name('UsagePlanId'), name('KeyId'));
    case 'AWS::ApiGateway::DomainName':
    case 'AWS::ApiGatewayV2::DomainName':
      return together('domain name', name('DomainName'));
    case 'AWS::ApiGateway::BasePathMapping':
      return together('mapping', name('DomainName'), pathOf(properties.BasePath, resources));
    case 'AWS::ApiGatewayV2::ApiMapping':
      return together('mapping', name('DomainName'), pathOf(properties.ApiMappingKey, resources));
    case 'AWS::ApiGatewayV2::Route':
      return together('route', name('ApiId'), name('RouteKey'));
    case 'AWS::Logs::LogGroup':
      return together('log group', name('LogGroupName'));
    case 'AWS::WAFv2::WebACL':
      return together('web ACL', name('Name'), name('Scope'));
    case 'AWS::Route53::RecordSet':
      return together(
        'record',
        name('HostedZoneId') ?? name('HostedZoneName'),
        dotless(name('Name')),
        name('Type'),
        pathOf(properties.SetIdentifier, resources),
      );
    default:
      return undefined;
  }
}

/** Absent is the root. */
const pathOf = (value: Resolved | undefined, resources: Resources): string | undefined => {
  const path = value === undefined ? '' : resources.nameIn(value);
  return path === '(none)' ? '' : path;
};

/** The CDK writes names of records with a dot at the end. */
const dotless = (name: string | undefined): string | undefined => name?.replace(/\.$/, '');

export const nameOfResource = ({ properties, logicalId }: PlainResource): string =>
  literal(properties.Name) ?? literal(properties.UsagePlanName) ?? logicalId;
