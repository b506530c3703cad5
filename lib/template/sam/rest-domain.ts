import { type Expansion, hashOf, type SamResource, within } from './expansion';
import { CANNOT_TELL, dict, given, isIntrinsic, type Json, list, ref } from './json';

const SETTINGS = ['SecurityPolicy', 'EndpointAccessMode', 'Policy', 'OwnershipVerificationCertificateArn'];

/** `Domain` of a REST API: a name, and a mapping for each base path. */
export function addRestDomain(expansion: Expansion, resource: SamResource, stage: string): void {
  const domain = dict(resource.properties.Domain);
  if (!domain) {
    return;
  }
  const endpoint = domain.EndpointConfiguration ?? 'REGIONAL';
  const isPrivate = endpoint === 'PRIVATE';
  const id = domainId(isPrivate ? 'ApiGatewayDomainNameV2' : 'ApiGatewayDomainName', domain.DomainName);
  const certificate = endpoint === 'REGIONAL' ? 'RegionalCertificateArn' : 'CertificateArn';
  expansion.add(
    id,
    isPrivate ? 'AWS::ApiGateway::DomainNameV2' : 'AWS::ApiGateway::DomainName',
    {
      DomainName: domain.DomainName,
      [certificate]: domain.CertificateArn,
      // If the kind of endpoint is unknown, so is which of the two certificates it is.
      ...(isIntrinsic(endpoint) && { RegionalCertificateArn: domain.CertificateArn }),
      EndpointConfiguration: {
        Types: isIntrinsic(endpoint) ? CANNOT_TELL : [endpoint],
        IpAddressType: domain.IpAddressType,
      },
      MutualTlsAuthentication: isPrivate ? undefined : given(domain.MutualTlsAuthentication),
      ...Object.fromEntries(SETTINGS.map((name) => [name, given(domain[name])])),
      // A private one needs none.
      ...(isIntrinsic(endpoint) && { SecurityPolicy: given(domain.SecurityPolicy) ?? CANNOT_TELL }),
    },
    resource,
    { place: within(resource, 'Domain') },
  );
  expansion.written.add(id, ['Properties', certificate], within(resource, 'Domain', 'CertificateArn'));
  expansion.written.add(
    id,
    ['Properties', 'EndpointConfiguration', 'Types'],
    within(resource, 'Domain', 'EndpointConfiguration'),
  );
  expansion.references.set(`${resource.logicalId}.${isPrivate ? 'DomainNameV2' : 'DomainName'}`, id);
  for (const path of basePathsOf(domain)) {
    const letters = typeof path === 'string' ? path.replace(/[^\p{L}\p{N}]/gu, '') : '';
    expansion.add(
      `${resource.logicalId}${letters}BasePathMapping`,
      isPrivate ? 'AWS::ApiGateway::BasePathMappingV2' : 'AWS::ApiGateway::BasePathMapping',
      {
        [isPrivate ? 'DomainNameArn' : 'DomainName']: ref(id),
        RestApiId: ref(resource.logicalId),
        Stage: ref(stage),
        BasePath: typeof path === 'string' && domain.NormalizeBasePath !== false ? letters : path,
      },
      resource,
      { place: within(resource, 'Domain') },
    );
  }
}

/** SAM makes one domain of a name, whichever APIs have it. */
export const domainId = (prefix: string, name: unknown): string =>
  `${prefix}${hashOf(typeof name === 'string' ? name : stable(name, 0))}`;

/** The JSON that ids are made of: without spaces, keys in order. */
function stable(value: unknown, depth: number): string {
  if (depth > 20) return '';
  if (Array.isArray(value)) return `[${value.map((item) => stable(item, depth + 1)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  const entries = Object.entries(value as Json).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${stable(item, depth + 1)}`).join(',')}}`;
}

/** One mapping at least: without a base path all paths are mapped. */
export function basePathsOf({ BasePath: written }: Json): unknown[] {
  const paths = given(written);
  if (paths === undefined) return [undefined];
  return Array.isArray(paths) ? list(paths) : [paths];
}
