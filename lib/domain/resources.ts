import { Fn, Lazy } from 'aws-cdk-lib';
import {
  CfnDomainName,
  CfnDomainNameAccessAssociation,
  CfnDomainNameV2,
  IpAddressType,
} from 'aws-cdk-lib/aws-apigateway';
import { CfnCertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { type CfnVPCEndpoint, type IVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import { type Construct } from 'constructs';
import { type Owner, show } from '../authoring/errors';
import { ApiDomainEndpointType, type ApiDomainProps } from './domain-props';
import { type ApiDomainAliasTarget } from './records';
import { type RoutingRules } from './routing-rules';
import { type TlsChoice } from './tls';

/** The data from which the resource of a domain is built, in addition to its props. Both grow until synthesis. */
export interface DomainContext {
  readonly tls: TlsChoice;
  readonly rules: RoutingRules;
}

/** The attributes of a domain name that its records and mappings refer to. */
export interface DomainResource {
  readonly resource: CfnDomainName | CfnDomainNameV2;
  readonly arn: string;
  readonly aliasTarget?: ApiDomainAliasTarget;
  /** Whether the alias target has IPv6 addresses. */
  readonly ipv6: boolean;
}

/** The certificate passed by the user, otherwise a new one that Route 53 validates. */
export function certificateArn(scope: Construct, props: ApiDomainProps): string {
  if (props.certificate) return props.certificate.certificateArn;
  const zone = props.validationZone ?? props.hostedZone;
  return new CfnCertificate(scope, 'Certificate', {
    domainName: props.domainName,
    validationMethod: 'DNS',
    domainValidationOptions: [{ domainName: props.domainName, hostedZoneId: zone?.hostedZoneId }],
  }).ref;
}

/** A name that is reachable from the internet. */
export function createPublicName(
  scope: Construct,
  props: ApiDomainProps,
  { tls, rules }: DomainContext,
): DomainResource {
  const type = props.endpointType ?? ApiDomainEndpointType.REGIONAL;
  const isEdge = type === ApiDomainEndpointType.EDGE;
  const arn = certificateArn(scope, props);
  const store = props.mutualTls?.trustStore._bind(scope);
  const ipAddressType = props.ipAddressType ?? IpAddressType.DUAL_STACK;
  const resource = new CfnDomainName(scope, 'Resource', {
    domainName: props.domainName,
    endpointConfiguration: { types: [type], ipAddressType },
    certificateArn: isEdge ? arn : undefined,
    regionalCertificateArn: isEdge ? undefined : arn,
    securityPolicy: Lazy.string({ produce: () => tls.settings.securityPolicy }),
    endpointAccessMode: Lazy.string({ produce: () => tls.settings.endpointAccessMode }),
    mutualTlsAuthentication: store && { truststoreUri: store.uri, truststoreVersion: store.version },
    ownershipVerificationCertificateArn: props.ownershipCertificate?.certificateArn,
    routingMode: Lazy.string({ produce: () => rules.routingMode }),
  });
  return {
    resource,
    arn: resource.attrDomainNameArn,
    aliasTarget: isEdge
      ? { dnsName: resource.attrDistributionDomainName, hostedZoneId: resource.attrDistributionHostedZoneId }
      : { dnsName: resource.attrRegionalDomainName, hostedZoneId: resource.attrRegionalHostedZoneId },
    ipv6: ipAddressType !== IpAddressType.IPV4,
  };
}

/** A name that is reachable through VPC endpoints only. */
export function createPrivateName(
  scope: Construct,
  props: ApiDomainProps,
  { tls, rules }: DomainContext,
  owner: Owner,
): DomainResource {
  const endpoints = props.vpcEndpoints ?? [];
  const resource = new CfnDomainNameV2(scope, 'Resource', {
    domainName: props.domainName,
    endpointConfiguration: { types: [ApiDomainEndpointType.PRIVATE], ipAddressType: IpAddressType.DUAL_STACK },
    certificateArn: certificateArn(scope, props),
    securityPolicy: Lazy.string({ produce: () => tls.settings.securityPolicy }),
    endpointAccessMode: Lazy.string({ produce: () => tls.settings.endpointAccessMode }),
    routingMode: Lazy.string({ produce: () => rules.routingMode }),
    policy: accessPolicy(endpoints.map(({ vpcEndpointId }) => vpcEndpointId)),
  });
  const arn = resource.attrDomainNameArn;
  for (const endpoint of endpoints) {
    const association = new CfnDomainNameAccessAssociation(
      scope,
      `Association-${endpoint.node.path.replaceAll('/', '-')}`,
      {
        domainNameArn: arn,
        accessAssociationSource: endpoint.vpcEndpointId,
        accessAssociationSourceType: 'VPCE',
      },
    );
    // CloudFormation replaces it when a tag changes, and callers would be blocked meanwhile.
    association.addPropertyDeletionOverride('Tags');
  }
  if (!props.hostedZone || props.records?._isNone) return { resource, arn, ipv6: false };
  return { resource, arn, ...privateAlias(props, endpoints, owner) };
}

/** Without a policy, API Gateway allows no caller; the denial applies whatever an identity is allowed. */
function accessPolicy(vpcEndpointIds: readonly string[]): object {
  const statement = { Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' };
  return {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', ...statement },
      { Effect: 'Deny', ...statement, Condition: { StringNotEquals: { 'aws:SourceVpce': vpcEndpointIds } } },
    ],
  };
}

function privateAlias(
  { aliasTarget }: ApiDomainProps,
  endpoints: readonly IVpcEndpoint[],
  owner: Owner,
): { aliasTarget: ApiDomainAliasTarget; ipv6: boolean } {
  if (aliasTarget) return { aliasTarget, ipv6: false };
  const [endpoint] = endpoints;
  if (endpoints.length > 1) {
    throw owner.error(
      `a record points to one VPC endpoint, but there are ${endpoints.length}; pass the one that hostedZone is for as aliasTarget, ` +
        'or records: ApiDomainRecords.none() and a record in the zone of each VPC',
    );
  }
  const resource = endpoint.node.defaultChild as CfnVPCEndpoint | undefined;
  if (!resource) {
    throw owner.error(
      `the DNS name of the VPC endpoint ${show(endpoint.node.path)} is unknown, because it is imported; pass it as aliasTarget: ` +
        '{ dnsName: "vpce-….execute-api.<region>.vpce.amazonaws.com", hostedZoneId: "Z…" }',
    );
  }
  return {
    aliasTarget: { dnsName: part(resource, 1), hostedZoneId: part(resource, 0) },
    ipv6: resource.ipAddressType === 'dualstack',
  };
}

/** The first entry is for the endpoint in all zones: `<hosted zone>:<DNS name>`. */
function part(endpoint: CfnVPCEndpoint, index: number): string {
  return Fn.select(index, Fn.split(':', Fn.select(0, endpoint.attrDnsEntries)));
}
