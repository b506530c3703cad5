import {
  type DomainAlias,
  type DomainAssociation,
  type DomainConfiguration,
  type DomainMapping,
  type DomainName,
  type MutualTls,
  type RoutingCondition,
  type RoutingRule,
} from '../model/domains';
import { Node } from '../reader/node';
import { type ResourceRef } from '../model/place';
import { type App } from '../reader/scope';
import { type Stages } from './usage';
import { UNKNOWN, type Value } from '../model/value';

const APIS = ['AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api'];
const V1 = ['AWS::ApiGateway::DomainName', 'AWS::ApiGateway::DomainNameV2'];
const V2 = 'AWS::ApiGatewayV2::DomainName';
const DOMAINS = [...V1, V2];

const nodes = (app: App, type: string): Node[] =>
  [...app.ofType(type)].map(({ scope, logicalId }) => Node.properties(scope, logicalId));

export function readDomainNames(app: App): DomainName[] {
  return DOMAINS.flatMap((resourceType) =>
    nodes(app, resourceType).map((node): DomainName => {
      const policy = node.get('Policy');
      return {
        location: node.location,
        resourceType,
        domainName: node.get('DomainName').text(),
        configurations: resourceType === V2 ? each(node.get('DomainNameConfigurations'), v2Configuration) : v1(node),
        mutualTls: mutualTls(node.get('MutualTlsAuthentication')),
        routingMode: node.get('RoutingMode').string(),
        ...(!policy.isAbsent && { policy: policy.written }),
        get resolvedPolicy() {
          return policy.resolved;
        },
      };
    }),
  );
}

/** A V1 domain has one endpoint, in its own properties. */
function v1(node: Node): DomainConfiguration[] {
  const endpoint = node.get('EndpointConfiguration');
  const types = endpoint.get('Types').strings();
  return [
    {
      location: node.location,
      endpointType: types === UNKNOWN ? UNKNOWN : types[0],
      endpointTypes: types,
      ipAddressType: endpoint.get('IpAddressType').string(),
      certificateArn: node.get('CertificateArn').text(),
      certificate: certificate(node.get('CertificateArn')),
      regionalCertificateArn: node.get('RegionalCertificateArn').text(),
      regionalCertificate: certificate(node.get('RegionalCertificateArn')),
      ownershipVerificationCertificateArn: node.get('OwnershipVerificationCertificateArn').text(),
      securityPolicy: node.get('SecurityPolicy').string(),
      endpointAccessMode: node.get('EndpointAccessMode').string(),
    },
  ];
}

function v2Configuration(node: Node): DomainConfiguration {
  return {
    location: node.location,
    endpointType: node.get('EndpointType').string(),
    ipAddressType: node.get('IpAddressType').string(),
    certificateArn: node.get('CertificateArn').text(),
    certificate: certificate(node.get('CertificateArn')),
    ownershipVerificationCertificateArn: node.get('OwnershipVerificationCertificateArn').text(),
    securityPolicy: node.get('SecurityPolicy').string(),
  };
}

function certificate(arn: Node): ResourceRef | undefined {
  const made = arn.resource('AWS::CertificateManager::Certificate');
  return made === UNKNOWN ? undefined : made;
}

function mutualTls(node: Node): MutualTls | undefined {
  return node.isAbsent
    ? undefined
    : {
        location: node.location,
        truststoreUri: node.get('TruststoreUri').text(),
        truststoreVersion: node.get('TruststoreVersion').text(),
      };
}

/** Where a mapping names no API of the templates, its API is unknown. */
export function readDomainMappings(app: App, stages: Stages): DomainMapping[] {
  const found: DomainMapping[] = [];
  for (const resourceType of ['AWS::ApiGateway::BasePathMapping', 'AWS::ApiGateway::BasePathMappingV2']) {
    for (const node of nodes(app, resourceType)) {
      const domain = node.either('DomainName', 'DomainNameArn');
      found.push(mapping(node, resourceType, node.get('RestApiId'), domain, node.get('BasePath'), stages));
    }
  }
  for (const node of nodes(app, 'AWS::ApiGatewayV2::ApiMapping')) {
    const [api, domain, key] = ['ApiId', 'DomainName', 'ApiMappingKey'].map((name) => node.get(name));
    found.push(mapping(node, 'AWS::ApiGatewayV2::ApiMapping', api, domain, key, stages));
  }
  return found.concat(readRoutingRules(app, stages).flatMap(({ actions }) => (actions === UNKNOWN ? [] : actions)));
}

function mapping(
  node: Node,
  resourceType: string,
  api: Node,
  domain: Node,
  key: Node | undefined,
  stages: Stages,
  stage = node.get('Stage'),
): DomainMapping {
  const target = api.resource(...APIS) ?? UNKNOWN;
  return {
    location: node.location,
    resourceType,
    api: target,
    domain: domain.resource(...DOMAINS),
    domainName: domain.text(),
    mappingKey: key?.string(),
    stageName: stage.text(),
    stage: stages.of(stage, target),
    conditional: node.isConditional,
  };
}

export function readDomainAssociations(app: App): DomainAssociation[] {
  return nodes(app, 'AWS::ApiGateway::DomainNameAccessAssociation').map((node) => ({
    location: node.location,
    domain: node.get('DomainNameArn').resource(...DOMAINS),
    domainArn: node.get('DomainNameArn').text(),
    source: node.get('AccessAssociationSource').text(),
    sourceType: node.get('AccessAssociationSourceType').string(),
  }));
}

export function readRoutingRules(app: App, stages: Stages): RoutingRule[] {
  const type = 'AWS::ApiGatewayV2::RoutingRule';
  return nodes(app, type).map((node) => {
    const domain = node.get('DomainNameArn');
    return {
      location: node.location,
      domain: domain.resource(...DOMAINS),
      priority: node.get('Priority').number(),
      conditions: each(node.get('Conditions'), condition),
      actions: each(node.get('Actions'), (action) => {
        const call = action.get('InvokeApi');
        const target = mapping(action, type, call.get('ApiId'), domain, undefined, stages, call.get('Stage'));
        return { ...target, stripBasePath: call.get('StripBasePath').bool() };
      }),
    };
  });
}

/**
 * The hosted zones of all CloudFront distributions; the second is for the China Regions, as in `CloudFrontTarget` of the CDK.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-route53-recordset-aliastarget.html
 */
const CLOUDFRONT_ZONES: readonly unknown[] = ['Z2FDTNDATAQYW2', 'Z3RFFRIM2A3IF5'];

/** Alias records, alone or in a group, whose target is an attribute of a domain in the templates. */
export function readDomainAliases(app: App): DomainAlias[] {
  const grouped = nodes(app, 'AWS::Route53::RecordSetGroup').flatMap((group) => group.get('RecordSets').knownItems());
  return [...nodes(app, 'AWS::Route53::RecordSet'), ...grouped].flatMap((record): DomainAlias[] => {
    const target = record.get('AliasTarget');
    const name = target.get('DNSName');
    const domain = name.resource(...DOMAINS);
    if (domain === undefined || domain === UNKNOWN) return [];
    return [
      {
        location: record.location,
        domain,
        toDistribution:
          name.reference()?.attribute === 'DistributionDomainName' ||
          CLOUDFRONT_ZONES.includes(target.get('HostedZoneId').string()),
        evaluateTargetHealth: target.get('EvaluateTargetHealth').bool(),
        ...mixed(name, target.get('HostedZoneId')),
      },
    ];
  });
}

const ENDPOINT = /^(Regional|Distribution)/;

/** A name of one endpoint of a domain, in the zone of the other. */
function mixed(name: Node, zone: Node): Pick<DomainAlias, 'mixed'> {
  const [from, to] = [name.reference()?.attribute, zone.reference()?.attribute];
  const [a, b] = [ENDPOINT.exec(from ?? '')?.[0], ENDPOINT.exec(to ?? '')?.[0]];
  return from !== undefined && to !== undefined && a !== undefined && b !== undefined && a !== b
    ? { mixed: { name: from, zone: to } }
    : {};
}

function condition(node: Node): RoutingCondition {
  return {
    location: node.location,
    basePaths: node.get('MatchBasePaths').get('AnyOf').strings(),
    headers: each(node.get('MatchHeaders').get('AnyOf'), (header) => ({
      header: header.get('Header').string(),
      valueGlob: header.get('ValueGlob').string(),
    })),
  };
}

/** What is unknown as a whole, else each element. */
function each<T>(list: Node, read: (node: Node) => T): Value<T[]> {
  const items = list.items();
  return items === UNKNOWN ? UNKNOWN : items.map(read);
}
