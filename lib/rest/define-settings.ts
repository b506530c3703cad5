import { Token } from 'aws-cdk-lib';
import { COMPRESSION_SIZE_MAX_BYTES } from '../facts/quotas';
import { DefaultEndpoint } from '../domain/default-endpoint';
import { defineCors } from '../gateway/cors';
import { type Owner, show } from '../authoring/errors';
import { DEFAULT_TLS, DEFAULT_TLS_EDGE, ACCESS_BASIC, ACCESS_STRICT, DUAL_STACK, IPV4, TLS_1_2 } from './cdk-values';
import { isOffered } from '../facts/partitions';
import { RestEndpointType } from './endpoint';
import { type RestGatewayProps } from './gateway-props';
import { validateGatewayResponses } from './gateway-response';
import { checkCors } from './preflight';
import { privateAccess } from './private-access';
import { checkAccess } from './resource-policy';
import { type RestApiSettings } from './settings';

/** The stage-independent settings. @throws if they contradict each other */
export function defineSettings(id: string, props: RestGatewayProps, region: string, owner: Owner): RestApiSettings {
  const endpointType = props.endpointType ?? RestEndpointType.REGIONAL;
  validateGatewayResponses(props.gatewayResponses ?? {}, owner);
  const version = props.documentationVersion;
  if (version !== undefined && !Token.isUnresolved(version) && !/^.{1,64}$/.test(version)) {
    throw owner.error(`documentationVersion must be 1 to 64 characters, got: ${show(version)}`);
  }
  if (Token.isUnresolved(props.binaryMediaTypes)) {
    throw owner.error(
      'binaryMediaTypes is a token for a whole list, but integrations need to know each type; write [a, b], whose values may be tokens',
    );
  }
  for (const type of props.binaryMediaTypes ?? []) {
    if (!Token.isUnresolved(type) && !/^[^\s/]+\/[^\s/]+$/.test(type)) {
      throw owner.error(
        `binaryMediaTypes has ${show(type)}, which is not a media type; write type and subtype, e.g. "image/png"`,
      );
    }
  }
  return {
    name: props.apiName ?? id,
    description: props.description,
    endpointType,
    ...defineReach(props, endpointType, owner),
    ...defineSecurityPolicy(props, endpointType, region, owner),
    // Callers of a private API are already known, and some use the name of their VPC endpoint.
    defaultEndpoint: new DefaultEndpoint(props.disableExecuteApiEndpoint, endpointType !== RestEndpointType.PRIVATE),
    binaryMediaTypes: [...new Set(props.binaryMediaTypes)].sort(),
    minimumCompressionSize: defineCompression(props, owner),
    apiKeySource: props.apiKeySource,
    apiKeyRequired: props.apiKeyRequired ?? false,
    usagePlansElsewhere: defineReason(props, owner),
    cors: props.cors && checkCors(defineCors(props.cors, 'rest', owner), owner),
    gatewayResponses: { ...props.gatewayResponses },
  };
}

function defineCompression(props: RestGatewayProps, owner: Owner): number | undefined {
  const size = props.minimumCompressionSize;
  if (!size || size.isUnresolved()) return size?.toBytes();
  const bytes = size.toBytes();
  if (bytes > COMPRESSION_SIZE_MAX_BYTES) {
    throw owner.error(
      `minimumCompressionSize must be 0 to ${COMPRESSION_SIZE_MAX_BYTES} bytes (10 MiB), got: ${bytes}`,
    );
  }
  return bytes;
}

function defineReason({ usagePlansElsewhere: reason }: RestGatewayProps, owner: Owner): string | undefined {
  if (reason?.trim() === '') {
    throw owner.error('usagePlansElsewhere is empty; name what creates the usage plans, e.g. "the developer portal"');
  }
  return reason;
}

function defineReach(
  props: RestGatewayProps,
  endpointType: RestEndpointType,
  owner: Owner,
): Pick<RestApiSettings, 'ipAddressType' | 'vpcEndpointIds' | 'access'> {
  const isPrivate = endpointType === RestEndpointType.PRIVATE;
  const vpcEndpointIds = (props.vpcEndpoints ?? []).map(({ vpcEndpointId }) => vpcEndpointId);
  const rules = (props.access ?? []).map(({ _rule }) => _rule);
  if (!isPrivate && vpcEndpointIds.length > 0) {
    throw owner.error(
      `vpcEndpoints are for private APIs, but this one is ${endpointType}; set endpointType: RestEndpointType.PRIVATE, or remove them`,
    );
  }
  if (isPrivate && props.ipAddressType === IPV4) {
    throw owner.error('ipAddressType of a private API must be DUAL_STACK, got: IPV4; remove it');
  }
  checkAccess(rules, endpointType, owner);
  return {
    ipAddressType: props.ipAddressType ?? (isPrivate ? DUAL_STACK : undefined),
    vpcEndpointIds,
    access: isPrivate ? privateAccess(rules, vpcEndpointIds, owner) : rules,
  };
}

function defineSecurityPolicy(
  props: RestGatewayProps,
  endpointType: RestEndpointType,
  region: string,
  owner: Owner,
): Pick<RestApiSettings, 'securityPolicy' | 'endpointAccessMode'> {
  const edge = endpointType === RestEndpointType.EDGE;
  const best = !isOffered('enhancedTls', region) ? TLS_1_2 : edge ? DEFAULT_TLS_EDGE : DEFAULT_TLS;
  const securityPolicy = props.securityPolicy ?? best;
  const enhanced = securityPolicy.startsWith('SecurityPolicy_');
  if (enhanced && securityPolicy.endsWith('_EDGE') !== edge) {
    throw owner.error(
      `securityPolicy ${securityPolicy} is for ${edge ? 'Regional and private' : 'edge-optimized'} APIs, but this one is ${KIND[endpointType]}`,
    );
  }
  // STRICT compares the TLS server name with the Host header, and callers of a private API may use two names.
  const defaultMode = endpointType === RestEndpointType.PRIVATE ? ACCESS_BASIC : ACCESS_STRICT;
  if (!enhanced && props.endpointAccessMode) {
    throw owner.error(
      `endpointAccessMode requires a securityPolicy that starts with "SecurityPolicy_", got: ${securityPolicy}`,
    );
  }
  return {
    securityPolicy,
    endpointAccessMode: enhanced ? (props.endpointAccessMode ?? defaultMode) : undefined,
  };
}

const KIND: Readonly<Record<RestEndpointType, string>> = {
  [RestEndpointType.REGIONAL]: 'Regional',
  [RestEndpointType.EDGE]: 'edge-optimized',
  [RestEndpointType.PRIVATE]: 'private',
};
