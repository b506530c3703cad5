import { Stack, Token } from 'aws-cdk-lib';
import { IpAddressType } from 'aws-cdk-lib/aws-apigateway';
import { type ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { type CfnHostedZone, type IHostedZone } from 'aws-cdk-lib/aws-route53';
import { type IConstruct } from 'constructs';
import { type Owner, show } from '../authoring/errors';
import { ApiDomainEndpointType, type ApiDomainProps } from './domain-props';

const EDGE_REGION = 'us-east-1';
const NAME = /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Checks the props of a domain that concern nothing else. @throws if they contradict each other */
export function checkDomain(scope: IConstruct, props: ApiDomainProps, owner: Owner): void {
  const type = props.endpointType ?? ApiDomainEndpointType.REGIONAL;
  checkName(props.domainName, owner);
  checkZone(props, owner);
  checkCertificate(scope, props, type, owner);
  checkMutualTls(props, type, owner);
  checkPrivate(props, type, owner);
}

function checkName(name: string, owner: Owner): void {
  if (Token.isUnresolved(name) || NAME.test(name)) return;
  const meant = name
    .replace(/^\w+:\/\//, '')
    .replace(/[/?#:].*$/s, '')
    .replace(/\.$/, '')
    .toLowerCase();
  const hint = NAME.test(meant) ? `; write ${show(meant)}` : ', e.g. "api.example.com"';
  throw owner.error(
    `domainName ${show(name)} must be only a name, in lower case, without "_", https:// and path${hint}`,
  );
}

function checkZone({ domainName, hostedZone, records, certificate }: ApiDomainProps, owner: Owner): void {
  if (records && !records._isNone && !hostedZone) {
    throw owner.error('records are created in hostedZone, which is missing; set hostedZone, or leave records out');
  }
  if (!hostedZone || records?._isNone) return;
  const { zoneName } = hostedZone;
  if (Token.isUnresolved(domainName) || Token.isUnresolved(zoneName)) return;
  if (domainName === zoneName || domainName.endsWith(`.${zoneName}`)) return;
  throw owner.error(
    `domainName ${show(domainName)} is not in the zone ${show(zoneName)}; give the zone of the name` +
      (certificate ? ', or leave hostedZone out and create the records elsewhere' : ''),
  );
}

function checkCertificate(scope: IConstruct, props: ApiDomainProps, type: ApiDomainEndpointType, owner: Owner): void {
  const { certificate, ownershipCertificate, hostedZone, validationZone } = props;
  const { region } = Stack.of(scope);
  const wanted = type === ApiDomainEndpointType.EDGE ? EDGE_REGION : region;
  if (certificate) {
    checkRegion('certificate', certificate, wanted, type, owner);
    if (validationZone)
      throw owner.error('validationZone validates a new certificate, but certificate is set; leave one of them out');
  } else {
    if (!Token.isUnresolved(region) && region !== wanted) {
      throw owner.error(
        `certificate is missing: an EDGE domain needs one in ${EDGE_REGION}, and this stack is in ${region}; create one in a stack in ` +
          `${EDGE_REGION} (crossRegionReferences: true on both stacks) and pass it, or make the domain REGIONAL`,
      );
    }
    const zone = validationZone ?? hostedZone;
    if (!zone) {
      throw owner.error(
        'certificate is missing; pass one, or set hostedZone, in which a new one is validated (and validationZone if hostedZone is private)',
      );
    }
    if (isPrivateZone(zone)) {
      throw owner.error(
        `a certificate is validated in a public zone, and ${show(zone.node.path)} is private; pass the public one as validationZone, or pass a certificate`,
      );
    }
  }
  if (ownershipCertificate) checkRegion('ownershipCertificate', ownershipCertificate, wanted, type, owner);
}

function checkRegion(
  prop: string,
  certificate: ICertificate,
  wanted: string,
  type: ApiDomainEndpointType,
  owner: Owner,
): void {
  const region = regionOf(certificate);
  if (region === undefined || Token.isUnresolved(wanted) || region === wanted) return;
  const where =
    type === ApiDomainEndpointType.EDGE ? `an EDGE domain needs one in ${wanted}` : `the stack is in ${wanted}`;
  throw owner.error(
    `${prop} is in ${region}, and ${where}; pass a certificate for the name in ${wanted}` +
      (type === ApiDomainEndpointType.EDGE ? ', or make the domain REGIONAL' : ''),
  );
}

/** The Region in the ARN, or of the stack that creates the certificate. */
function regionOf(certificate: ICertificate): string | undefined {
  const arn = certificate.certificateArn;
  const region = Token.isUnresolved(arn) ? certificate.env.region : arn.split(':')[3];
  return region === '' || Token.isUnresolved(region) ? undefined : region;
}

/** Whether a zone of this app is private; unknown for an imported one. */
function isPrivateZone(zone: IHostedZone): boolean {
  const resource = zone.node.defaultChild as CfnHostedZone | undefined;
  const vpcs: unknown = resource && Stack.of(zone).resolve(resource.vpcs);
  return Array.isArray(vpcs) && vpcs.length > 0;
}

function checkMutualTls(props: ApiDomainProps, type: ApiDomainEndpointType, owner: Owner): void {
  if (props.mutualTls && type !== ApiDomainEndpointType.REGIONAL) {
    throw owner.error(
      `mutualTls is for REGIONAL domains, and this one is ${type}; leave endpointType or mutualTls out`,
    );
  }
  if (props.ownershipCertificate && !props.mutualTls) {
    throw owner.error('ownershipCertificate is only for mutualTls; leave it out');
  }
}

function checkPrivate(props: ApiDomainProps, type: ApiDomainEndpointType, owner: Owner): void {
  const isPrivate = type === ApiDomainEndpointType.PRIVATE;
  if (!isPrivate) {
    if (props.vpcEndpoints) {
      throw owner.error(
        `vpcEndpoints is only for PRIVATE domains, and this one is ${type}; set endpointType: ApiDomainEndpointType.PRIVATE, or leave them out`,
      );
    }
    if (props.aliasTarget) throw owner.error('aliasTarget is only for PRIVATE domains; leave it out');
    return;
  }
  if (!props.vpcEndpoints?.length) {
    throw owner.error(
      'vpcEndpoints is missing: a PRIVATE name can be reached only through VPC endpoints of execute-api',
    );
  }
  if (props.ipAddressType === IpAddressType.IPV4) {
    throw owner.error('ipAddressType of a PRIVATE domain must be DUAL_STACK, got: IPV4; leave it out');
  }
}
