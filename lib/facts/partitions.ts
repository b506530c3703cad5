/**
 * The DNS suffix of endpoints, by the prefix of the Region; otherwise it is `amazonaws.com`, also in AWS GovCloud (US).
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/rande.html
 * @see https://docs.amazonaws.cn/en_us/general/latest/gr/endpoints-arns.html
 */
const DNS_SUFFIXES: Readonly<Record<string, string>> = {
  'cn-': 'amazonaws.com.cn',
  'eusc-': 'amazonaws.eu',
  'us-iso-': 'c2s.ic.gov',
  'us-isob-': 'sc2s.sgov.gov',
  'eu-isoe-': 'cloud.adc-e.uk',
  'us-isof-': 'csp.hci.ic.gov',
};

/** @param region e.g. `eu-west-1`; not a token */
export function dnsSuffixOf(region: string): string {
  const start = Object.keys(DNS_SUFFIXES).find((prefix) => region.startsWith(prefix));
  return start === undefined ? 'amazonaws.com' : DNS_SUFFIXES[start];
}

/** By the prefix of the Region; otherwise it is `aws`. */
const PARTITIONS: Readonly<Record<string, string>> = {
  'cn-': 'aws-cn',
  'us-gov-': 'aws-us-gov',
  'eusc-': 'aws-eusc',
  'us-iso-': 'aws-iso',
  'us-isob-': 'aws-iso-b',
  'eu-isoe-': 'aws-iso-e',
  'us-isof-': 'aws-iso-f',
};

/** @param region e.g. `eu-west-1`; not a token */
export function partitionOf(region: string): string {
  const start = Object.keys(PARTITIONS).find((prefix) => region.startsWith(prefix));
  return start === undefined ? 'aws' : PARTITIONS[start];
}

/**
 * The features that Amazon API Gateway lacks in a Region, by the prefix of the Region: only as documented on these pages.
 *
 * @see https://docs.amazonaws.cn/en_us/aws/latest/userguide/api-gateway.html
 * @see https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-abp.html
 */
const NOT_OFFERED = {
  /** Edge-optimized APIs and custom domains. */
  edge: ['cn-', 'us-gov-'],
  /** TLS policies that start with `SecurityPolicy_`. */
  enhancedTls: ['us-gov-'],
  /** The authorizer for user pools of REST APIs. */
  cognitoAuthorizer: ['cn-'],
  /** Private integrations of HTTP APIs. */
  httpPrivate: ['us-gov-east-1'],
  /** Those with AWS Cloud Map. */
  httpCloudMap: ['cn-', 'us-gov-'],
} as const;

export type RegionalFeature = keyof typeof NOT_OFFERED;

/** @param region e.g. `eu-west-1`; not a token */
export const isOffered = (feature: RegionalFeature, region: string): boolean =>
  !NOT_OFFERED[feature].some((prefix) => region.startsWith(prefix));

/** The Region at the beginning of the id of a user pool, e.g. `eu-west-1_AbCdEfGhI`. */
export function regionOfUserPool(userPoolId: string): string | undefined {
  return /^([a-z]+(?:-[a-z]+)+-\d+)_\w+$/.exec(userPoolId)?.[1];
}

/**
 * The `iss` of the tokens of a user pool: an endpoint of Amazon Cognito in the Region of the pool, and its id.
 *
 * @param host differs from `cognito-idp` if the pool has the issuer type UPDATED
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_IssuerConfigurationType.html
 */
export function userPoolIssuer(region: string, suffix: string, userPoolId: string, host = 'cognito-idp'): string {
  return `https://${host}.${region}.${suffix}/${userPoolId}`;
}
