/**
 * What the names of an endpoint end in, by the beginning of the Region; elsewhere it is `amazonaws.com`, in AWS GovCloud (US) too.
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

/** @param region e.g. `eu-west-1`; no token */
export function dnsSuffixOf(region: string): string {
  const start = Object.keys(DNS_SUFFIXES).find((prefix) => region.startsWith(prefix));
  return start === undefined ? 'amazonaws.com' : DNS_SUFFIXES[start];
}

/** The Region that the id of a user pool begins with, e.g. `eu-west-1_AbCdEfGhI`. */
export function regionOfUserPool(userPoolId: string): string | undefined {
  return /^([a-z]+(?:-[a-z]+)+-\d+)_\w+$/.exec(userPoolId)?.[1];
}

/**
 * The `iss` of the tokens of a user pool: an endpoint of Amazon Cognito in the Region of the pool, and its id.
 *
 * @param host other than `cognito-idp` where the pool has the issuer type UPDATED
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_IssuerConfigurationType.html
 */
export function userPoolIssuer(region: string, suffix: string, userPoolId: string, host = 'cognito-idp'): string {
  return `https://${host}.${region}.${suffix}/${userPoolId}`;
}
