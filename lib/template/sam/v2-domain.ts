import { type Expansion, type SamResource, within } from './expansion';
import { CANNOT_TELL, dict, given, isIntrinsic, ref } from './json';
import { basePathsOf, domainId } from './rest-domain';

/** `Domain` of an HTTP or WebSocket API: a name, and a mapping for each base path. */
export function addV2Domain(expansion: Expansion, resource: SamResource, stage: string): void {
  const domain = dict(resource.properties.Domain);
  if (!domain) {
    return;
  }
  const endpoint = domain.EndpointConfiguration ?? 'REGIONAL';
  const id = domainId('ApiGatewayDomainNameV2', domain.DomainName);
  const place = within(resource, 'Domain');
  expansion.add(
    id,
    'AWS::ApiGatewayV2::DomainName',
    {
      DomainName: domain.DomainName,
      DomainNameConfigurations: [
        {
          CertificateArn: domain.CertificateArn,
          EndpointType: isIntrinsic(endpoint) ? CANNOT_TELL : endpoint,
          ...Object.fromEntries(
            ['OwnershipVerificationCertificateArn', 'SecurityPolicy']
              .map((name) => [name, domain[name]])
              .filter(([, value]) => given(value) !== undefined),
          ),
        },
      ],
      MutualTlsAuthentication: given(domain.MutualTlsAuthentication),
    },
    resource,
    { place },
  );
  expansion.written.add(id, ['Properties', 'DomainNameConfigurations', '0'], place);
  expansion.references.set(`${resource.logicalId}.DomainName`, id);
  for (const path of basePathsOf(domain)) {
    const isText = typeof path === 'string';
    expansion.add(
      `${resource.logicalId}${isText ? path.replace(/[-_/]+/g, '') : ''}ApiMapping`,
      'AWS::ApiGatewayV2::ApiMapping',
      {
        DomainName: ref(id),
        ApiId: ref(resource.logicalId),
        Stage: ref(stage),
        ApiMappingKey: isText ? path.replace(/^\/+|(?<!\/)\/+$/g, '') : path,
      },
      resource,
      { place },
    );
  }
}
