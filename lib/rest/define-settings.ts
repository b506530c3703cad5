import { Token } from 'aws-cdk-lib';
import { EndpointAccessMode, SecurityPolicy } from 'aws-cdk-lib/aws-apigateway';
import { COMPRESSION_SIZE_MAX_BYTES } from '../facts/quotas';
import { defineCors } from '../shared/cors';
import { type Owner, show } from '../shared/errors';
import { RestEndpointType } from './endpoint';
import { type RestGatewayProps } from './gateway-props';
import { validateGatewayResponses } from './gateway-response';
import { type RestApiSettings } from './settings';

/** The stage-independent settings. @throws where they contradict each other */
export function defineSettings(id: string, props: RestGatewayProps, owner: Owner): RestApiSettings {
  const endpointType = props.endpointType ?? RestEndpointType.REGIONAL;
  validateGatewayResponses(props.gatewayResponses ?? {}, owner);
  for (const type of props.binaryMediaTypes ?? []) {
    if (!Token.isUnresolved(type) && !/^[^\s/]+\/[^\s/]+$/.test(type)) {
      throw owner.error(`binaryMediaTypes has ${show(type)}, which is no media type; write type and subtype, e.g. "image/png"`);
    }
  }
  return {
    name: props.restApiName ?? id,
    description: props.description,
    endpointType,
    ...defineSecurityPolicy(props, endpointType, owner),
    disableExecuteApiEndpoint: props.disableExecuteApiEndpoint ?? false,
    binaryMediaTypes: [...new Set(props.binaryMediaTypes)].sort(),
    minimumCompressionSize: defineCompression(props, owner),
    apiKeySource: props.apiKeySource,
    cors: props.cors && defineCors(props.cors, owner),
    gatewayResponses: { ...props.gatewayResponses },
  };
}

function defineCompression(props: RestGatewayProps, owner: Owner): number | undefined {
  const size = props.minimumCompressionSize;
  if (!size || size.isUnresolved()) return size?.toBytes();
  const bytes = size.toBytes();
  if (bytes > COMPRESSION_SIZE_MAX_BYTES) {
    throw owner.error(`minimumCompressionSize must be 0 to ${COMPRESSION_SIZE_MAX_BYTES} bytes (10 MiB), got: ${bytes}`);
  }
  return bytes;
}

function defineSecurityPolicy(
  props: RestGatewayProps,
  endpointType: RestEndpointType,
  owner: Owner,
): Pick<RestApiSettings, 'securityPolicy' | 'endpointAccessMode'> {
  const edge = endpointType === RestEndpointType.EDGE;
  const securityPolicy = props.securityPolicy ?? (edge ? SecurityPolicy.TLS12_PFS_2025_EDGE : SecurityPolicy.TLS13_1_2_PFS_PQ_2025_09);
  const enhanced = securityPolicy.startsWith('SecurityPolicy_');
  if (enhanced && securityPolicy.endsWith('_EDGE') !== edge) {
    throw owner.error(
      `securityPolicy ${securityPolicy} is for ${edge ? 'Regional' : 'edge-optimized'} APIs, and this one is ${edge ? 'edge-optimized' : 'Regional'}`,
    );
  }
  if (!enhanced && props.endpointAccessMode) {
    throw owner.error(`endpointAccessMode goes with a policy that starts with "SecurityPolicy_" only; securityPolicy is ${securityPolicy}`);
  }
  return {
    securityPolicy,
    endpointAccessMode: enhanced ? (props.endpointAccessMode ?? EndpointAccessMode.STRICT) : undefined,
  };
}
