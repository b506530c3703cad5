import { specificationOf } from '../service-spec';
import { type Properties } from './template';

/** What there may be only one of, where the database does not tell it. */
const UNIQUE: Readonly<Record<string, readonly string[]>> = {
  'AWS::ApiGateway::ApiKey': ['Value'],
  'AWS::ApiGateway::BasePathMappingV2': ['DomainNameArn', 'BasePath'],
  'AWS::ApiGateway::DomainNameV2': ['DomainName'],
  'AWS::ApiGateway::UsagePlanKey': ['UsagePlanId', 'KeyId'],
  'AWS::ApiGatewayV2::ApiMapping': ['DomainName', 'ApiMappingKey'],
  'AWS::ApiGatewayV2::Model': ['ApiId', 'Name'],
  'AWS::ApiGatewayV2::Route': ['ApiId', 'RouteKey'],
  'AWS::Budgets::Budget': ['Budget.BudgetName'],
  // Several zones may have one name.
  'AWS::Route53::HostedZone': [],
  'AWS::Lambda::Alias': ['FunctionName', 'Name'],
  'AWS::WAFv2::IPSet': ['Name', 'Scope'],
  'AWS::WAFv2::WebACL': ['Name', 'Scope'],
};

/** Parts of a name that may be missing: they are empty then, where elsewhere CloudFormation makes a name. */
const MAY_BE_EMPTY: Readonly<Record<string, readonly string[]>> = {
  'AWS::ApiGateway::BasePathMapping': ['BasePath'],
  'AWS::ApiGateway::BasePathMappingV2': ['BasePath'],
  'AWS::ApiGatewayV2::ApiMapping': ['ApiMappingKey'],
  'AWS::Route53::RecordSet': ['SetIdentifier', 'HostedZoneId'],
};

/** What `Ref` gives, where it is not the whole name. */
const REF: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::Stage': 'StageName',
  'AWS::ApiGatewayV2::Stage': 'StageName',
  'AWS::Logs::MetricFilter': 'FilterName',
};

const isOpaque = (type: string) => /^Custom::|^AWS::CloudFormation::CustomResource$/.test(type);

const at = (properties: Properties, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => (value as Properties | undefined)?.[key], properties);

/** The name under which a resource is there only once in the account; nothing where CloudFormation or the service makes one. */
export function nameOf(type: string, properties: Properties): string | undefined {
  if (isOpaque(type)) return undefined;
  const parts = UNIQUE[type] ?? specificationOf(type)?.names ?? [];
  const values = parts.map((part) => at(properties, part));
  const isMade =
    parts.length === 0 || parts.some((part, i) => values[i] === undefined && !MAY_BE_EMPTY[type]?.includes(part));
  return isMade ? undefined : values.map((value) => String(value ?? '')).join(' | ');
}

/** What `Ref` gives, where the template says it. */
export function givenRef(type: string, properties: Properties): string | undefined {
  const name = REF[type] ?? (UNIQUE[type] ? undefined : nameProperty(type));
  const value = name === undefined ? undefined : properties[name];
  return value === undefined ? undefined : String(value);
}

function nameProperty(type: string): string | undefined {
  const { identifier = [] } = (isOpaque(type) ? undefined : specificationOf(type)) ?? {};
  return identifier.length === 1 ? identifier[0] : undefined;
}

/** Properties, changed from one to the other, whose change makes a new resource. */
export function replacedBy(type: string, before: Properties, after: Properties): string[] {
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );
  if (isOpaque(type)) return changed.filter((key) => key === 'ServiceToken');
  const { replacing = [] } = specificationOf(type) ?? {};
  return changed.filter((key) => replacing.includes(key));
}
