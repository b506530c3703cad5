import { type IVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import { type Construct } from 'constructs';
import { type IMappableApi } from './api';
import { ApiDomain } from './domain';
import { ApiDomainEndpointType, type GatewayDomainOptions } from './domain-props';

/** The gateway's values for what its `domain` prop leaves out. */
export interface GatewayEndpoint {
  readonly endpointType?: string;
  readonly vpcEndpoints?: IVpcEndpoint[];
}

/** The domain of one gateway, from its `domain` prop. */
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
