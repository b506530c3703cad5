import { Stack, Token } from 'aws-cdk-lib';
import { IpAddressType } from 'aws-cdk-lib/aws-apigateway';
import { type ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { type CfnHostedZone, type IHostedZone } from 'aws-cdk-lib/aws-route53';
import { type IConstruct } from 'constructs';
import { type Owner, show } from '../authoring/errors';
import { ApiDomainEndpointType, type ApiDomainProps } from './domain-props';

const EDGE_REGION = 'us-east-1';
const NAME = /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** What the props of a domain must hold on their own. @throws where they contradict each other */
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
    `domainName ${show(name)} must be a name alone, in lower case, without "_", https:// and path${hint}`,
  );
}

function checkZone({ domainName, hostedZone, records, certificate }: ApiDomainProps, owner: Owner): void {
  if (records && !records._isNone && !hostedZone) {
    throw owner.error('records are made in hostedZone, which is missing; give the zone, or leave records out');
  }
  if (!hostedZone || records?._isNone) return;
  const { zoneName } = hostedZone;
  if (Token.isUnresolved(domainName) || Token.isUnresolved(zoneName)) return;
  if (domainName === zoneName || domainName.endsWith(`.${zoneName}`)) return;
  throw owner.error(
    `domainName ${show(domainName)} is not in the zone ${show(zoneName)}; give the zone of the name` +
      (certificate ? ', or leave hostedZone out and make the records elsewhere' : ''),
  );
}

function checkCertificate(scope: IConstruct, props: ApiDomainProps, type: ApiDomainEndpointType, owner: Owner): void {
  const { certificate, ownershipCertificate, hostedZone, validationZone } = props;
  const { region } = Stack.of(scope);
  const wanted = type === ApiDomainEndpointType.EDGE ? EDGE_REGION : region;
  if (certificate) {
    checkRegion('certificate', certificate, wanted, type, owner);
    if (validationZone)
      throw owner.error('validationZone validates a new certificate, and one is given; leave one out');
  } else {
    if (!Token.isUnresolved(region) && region !== wanted) {
      throw owner.error(
        `certificate is missing: an EDGE domain takes one of ${EDGE_REGION}, and this stack is in ${region}; make one in a stack of ` +
          `${EDGE_REGION} (crossRegionReferences: true on both stacks) and give it, or make the domain REGIONAL`,
      );
    }
    const zone = validationZone ?? hostedZone;
    if (!zone) {
      throw owner.error(
        'certificate is missing; give one, or hostedZone, in which a new one is validated (validationZone where hostedZone is private)',
      );
    }
    if (isPrivateZone(zone)) {
      throw owner.error(
        `a certificate is validated in a public zone, and ${show(zone.node.path)} is private; give the public one as validationZone, or a certificate`,
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
    type === ApiDomainEndpointType.EDGE ? `an EDGE domain takes one of ${wanted}` : `the stack is in ${wanted}`;
  throw owner.error(
    `${prop} is of ${region}, and ${where}; give a certificate for the name from ${wanted}` +
      (type === ApiDomainEndpointType.EDGE ? ', or make the domain REGIONAL' : ''),
  );
}

/** As the ARN has it, else the stack that makes it. */
function regionOf(certificate: ICertificate): string | undefined {
  const arn = certificate.certificateArn;
  const region = Token.isUnresolved(arn) ? certificate.env.region : arn.split(':')[3];
  return region === '' || Token.isUnresolved(region) ? undefined : region;
}

/** Whether a zone of this app is for VPCs only; of an imported one it is not known. */
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
    throw owner.error('ownershipCertificate goes with mutualTls only; leave it out');
  }
}

function checkPrivate(props: ApiDomainProps, type: ApiDomainEndpointType, owner: Owner): void {
  const isPrivate = type === ApiDomainEndpointType.PRIVATE;
  if (!isPrivate) {
    if (props.vpcEndpoints) {
      throw owner.error(
        `vpcEndpoints are of PRIVATE domains, and this one is ${type}; set endpointType: ApiDomainEndpointType.PRIVATE, or leave them out`,
      );
    }
    if (props.aliasTarget) throw owner.error('aliasTarget is of PRIVATE domains; others know theirs, so leave it out');
    return;
  }
  if (!props.vpcEndpoints?.length) {
    throw owner.error('vpcEndpoints is missing: a PRIVATE name is reached through VPC endpoints of execute-api only');
  }
  if (props.ipAddressType === IpAddressType.IPV4) {
    throw owner.error('ipAddressType of a PRIVATE domain is DUAL_STACK only, got: IPV4; leave it out');
  }
}
