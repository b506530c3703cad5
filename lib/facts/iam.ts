/** The words of the policy language of IAM. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */

export const POLICY_ELEMENTS = ['Version', 'Id', 'Statement'] as const;
export const POLICY_VERSIONS = ['2012-10-17', '2008-10-17'] as const;
export const STATEMENT_ELEMENTS = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
] as const;
export const EFFECTS = ['Allow', 'Deny'] as const;
export const PRINCIPALS = ['AWS', 'Federated', 'Service', 'CanonicalUser'] as const;

/** An account, an ARN of IAM or STS, the unique id of an identity, or everyone. */
export const PRINCIPAL = /^(?:\*|\d{12}|arn:[\w-]+:(?:iam|sts):[^]*|A[A-Z0-9]{15,})$/;

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
export const CONDITION_OPERATORS = [
  'StringEquals',
  'StringNotEquals',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
  'StringLike',
  'StringNotLike',
  'NumericEquals',
  'NumericNotEquals',
  'NumericLessThan',
  'NumericLessThanEquals',
  'NumericGreaterThan',
  'NumericGreaterThanEquals',
  'DateEquals',
  'DateNotEquals',
  'DateLessThan',
  'DateLessThanEquals',
  'DateGreaterThan',
  'DateGreaterThanEquals',
  'Bool',
  'BinaryEquals',
  'IpAddress',
  'NotIpAddress',
  'ArnEquals',
  'ArnLike',
  'ArnNotEquals',
  'ArnNotLike',
  'Null',
] as const;

/**
 * The global keys, which slips are compared with; there are others for single services, and newer ones. Case makes no difference.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export const CONDITION_KEYS = (
  'CalledVia CalledViaFirst CalledViaLast ChatbotSourceArn CurrentTime Ec2InstanceSourcePrivateIPv4 Ec2InstanceSourceVpc ' +
  'EpochTime FederatedProvider MultiFactorAuthAge MultiFactorAuthPresent PrincipalAccount PrincipalArn ' +
  'PrincipalIsAWSService PrincipalOrgID PrincipalOrgPaths PrincipalServiceName PrincipalServiceNamesList PrincipalType ' +
  'Referer RequestedRegion ResourceAccount ResourceOrgID ResourceOrgPaths SecureTransport SourceAccount SourceArn ' +
  'SourceIdentity SourceIp SourceOrgID SourceOrgPaths SourceVpc SourceVpcArn SourceVpce TagKeys TokenIssueTime UserAgent ' +
  'UserId Username ViaAWSService VpceAccount VpceOrgID VpceOrgPaths VpcSourceIp'
)
  .split(' ')
  .map((name) => `aws:${name}`);

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigateway.html */
export const EXECUTE_ACTIONS = [
  'execute-api:Invoke',
  'execute-api:InvalidateCache',
  'execute-api:ManageConnections',
] as const;
