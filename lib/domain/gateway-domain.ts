import { type IVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import { type Construct } from 'constructs';
import { type IMappableApi } from './api';
import { ApiDomain } from './domain';
import { ApiDomainEndpointType, type GatewayDomainOptions } from './domain-props';

/** What the domain of a gateway takes from it where it does not say. */
export interface GatewayEndpoint {
  readonly endpointType?: string;
  readonly vpcEndpoints?: IVpcEndpoint[];
}

/** The domain of one gateway: what its `domain` prop asks for. */
export function mapOwnDomain(
  gateway: Construct & IMappableApi,
  options: GatewayDomainOptions,
  { endpointType, vpcEndpoints }: GatewayEndpoint = {},
): ApiDomain {
  const { path, stage, ...props } = options;
  const type = props.endpointType ?? Object.values(ApiDomainEndpointType).find((one) => one === endpointType);
  const isPrivate = type === ApiDomainEndpointType.PRIVATE;
  const domain = new ApiDomain(gateway, 'Domain', {
    ...props,
    endpointType: type,
    vpcEndpoints: props.vpcEndpoints ?? (isPrivate ? vpcEndpoints : undefined),
  });
  domain.map(gateway, { path, stage });
  return domain;
}
