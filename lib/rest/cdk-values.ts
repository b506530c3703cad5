import { type EndpointAccessMode, type IpAddressType, type SecurityPolicy } from 'aws-cdk-lib/aws-apigateway';

// Members of the CDK's enumerations, written out: each enumeration is in the file of an L2, which would be loaded with it
// (`Stage`, `DomainName` and `RestApi`, with their dependencies). A test compares them with the CDK's.

export const DEFAULT_TLS = 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09' as SecurityPolicy;
export const TLS_1_2 = 'TLS_1_2' as SecurityPolicy;
export const DEFAULT_TLS_EDGE = 'SecurityPolicy_TLS12_PFS_2025_EDGE' as SecurityPolicy;

export const ACCESS_BASIC = 'BASIC' as EndpointAccessMode;
export const ACCESS_STRICT = 'STRICT' as EndpointAccessMode;

export const IPV4 = 'ipv4' as IpAddressType;
export const DUAL_STACK = 'dualstack' as IpAddressType;
