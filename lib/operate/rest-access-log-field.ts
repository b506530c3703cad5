import { accessLogVariable } from './access-log-variable';

/**
 * The variables of the access log of REST APIs.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 */
export class RestAccessLogField {
  /** `$context.accountId` */
  public static readonly ACCOUNT_ID = new RestAccessLogField('accountId');
  /** `$context.apiId` */
  public static readonly API_ID = new RestAccessLogField('apiId');
  /** `$context.authenticate.error` */
  public static readonly AUTHENTICATE_ERROR = new RestAccessLogField('authenticate.error');
  /** `$context.authenticate.latency` */
  public static readonly AUTHENTICATE_LATENCY = new RestAccessLogField('authenticate.latency');
  /** `$context.authenticate.status` */
  public static readonly AUTHENTICATE_STATUS = new RestAccessLogField('authenticate.status');
  /** `$context.authorize.error` */
  public static readonly AUTHORIZE_ERROR = new RestAccessLogField('authorize.error');
  /** `$context.authorize.latency` */
  public static readonly AUTHORIZE_LATENCY = new RestAccessLogField('authorize.latency');
  /** `$context.authorize.status` */
  public static readonly AUTHORIZE_STATUS = new RestAccessLogField('authorize.status');
  /** `$context.authorizer.error` */
  public static readonly AUTHORIZER_ERROR = new RestAccessLogField('authorizer.error');
  /** `$context.authorizer.integrationLatency` */
  public static readonly AUTHORIZER_INTEGRATION_LATENCY = new RestAccessLogField('authorizer.integrationLatency');
  /** `$context.authorizer.integrationStatus` */
  public static readonly AUTHORIZER_INTEGRATION_STATUS = new RestAccessLogField('authorizer.integrationStatus');
  /** `$context.authorizer.latency` */
  public static readonly AUTHORIZER_LATENCY = new RestAccessLogField('authorizer.latency');
  /** `$context.authorizer.principalId` */
  public static readonly AUTHORIZER_PRINCIPAL_ID = new RestAccessLogField('authorizer.principalId');
  /** `$context.authorizer.requestId` */
  public static readonly AUTHORIZER_REQUEST_ID = new RestAccessLogField('authorizer.requestId');
  /** `$context.authorizer.status` */
  public static readonly AUTHORIZER_STATUS = new RestAccessLogField('authorizer.status');
  /** `$context.awsEndpointRequestId` */
  public static readonly AWS_ENDPOINT_REQUEST_ID = new RestAccessLogField('awsEndpointRequestId');
  /** `$context.cipherSuite` */
  public static readonly CIPHER_SUITE = new RestAccessLogField('cipherSuite');
  /** `$context.customDomain.basePathMatched` */
  public static readonly CUSTOM_DOMAIN_BASE_PATH_MATCHED = new RestAccessLogField('customDomain.basePathMatched');
  /** `$context.customDomain.routingRuleIdMatched` */
  public static readonly CUSTOM_DOMAIN_ROUTING_RULE_ID_MATCHED = new RestAccessLogField(
    'customDomain.routingRuleIdMatched',
  );
  /** `$context.deploymentId` */
  public static readonly DEPLOYMENT_ID = new RestAccessLogField('deploymentId');
  /** `$context.domainName` */
  public static readonly DOMAIN_NAME = new RestAccessLogField('domainName');
  /** `$context.domainPrefix` */
  public static readonly DOMAIN_PREFIX = new RestAccessLogField('domainPrefix');
  /** `$context.endpointType` */
  public static readonly ENDPOINT_TYPE = new RestAccessLogField('endpointType');
  /** `$context.error.message` */
  public static readonly ERROR_MESSAGE = new RestAccessLogField('error.message');
  /** `$context.error.responseType` */
  public static readonly ERROR_RESPONSE_TYPE = new RestAccessLogField('error.responseType');
  /** `$context.error.validationErrorString` */
  public static readonly ERROR_VALIDATION_ERROR_STRING = new RestAccessLogField('error.validationErrorString');
  /** `$context.extendedRequestId` */
  public static readonly EXTENDED_REQUEST_ID = new RestAccessLogField('extendedRequestId');
  /** `$context.httpMethod` */
  public static readonly HTTP_METHOD = new RestAccessLogField('httpMethod');
  /** `$context.identity.accountId` */
  public static readonly IDENTITY_ACCOUNT_ID = new RestAccessLogField('identity.accountId');
  /** `$context.identity.apiKeyId` */
  public static readonly IDENTITY_API_KEY_ID = new RestAccessLogField('identity.apiKeyId');
  /** `$context.identity.caller` */
  public static readonly IDENTITY_CALLER = new RestAccessLogField('identity.caller');
  /** `$context.identity.clientCert.clientCertPem` */
  public static readonly IDENTITY_CLIENT_CERT_CLIENT_CERT_PEM = new RestAccessLogField(
    'identity.clientCert.clientCertPem',
  );
  /** `$context.identity.clientCert.issuerDN` */
  public static readonly IDENTITY_CLIENT_CERT_ISSUER_DN = new RestAccessLogField('identity.clientCert.issuerDN');
  /** `$context.identity.clientCert.serialNumber` */
  public static readonly IDENTITY_CLIENT_CERT_SERIAL_NUMBER = new RestAccessLogField(
    'identity.clientCert.serialNumber',
  );
  /** `$context.identity.clientCert.subjectDN` */
  public static readonly IDENTITY_CLIENT_CERT_SUBJECT_DN = new RestAccessLogField('identity.clientCert.subjectDN');
  /** `$context.identity.clientCert.validity.notAfter` */
  public static readonly IDENTITY_CLIENT_CERT_VALIDITY_NOT_AFTER = new RestAccessLogField(
    'identity.clientCert.validity.notAfter',
  );
  /** `$context.identity.clientCert.validity.notBefore` */
  public static readonly IDENTITY_CLIENT_CERT_VALIDITY_NOT_BEFORE = new RestAccessLogField(
    'identity.clientCert.validity.notBefore',
  );
  /** `$context.identity.cognitoAuthenticationProvider` */
  public static readonly IDENTITY_COGNITO_AUTHENTICATION_PROVIDER = new RestAccessLogField(
    'identity.cognitoAuthenticationProvider',
  );
  /** `$context.identity.cognitoAuthenticationType` */
  public static readonly IDENTITY_COGNITO_AUTHENTICATION_TYPE = new RestAccessLogField(
    'identity.cognitoAuthenticationType',
  );
  /** `$context.identity.cognitoIdentityId` */
  public static readonly IDENTITY_COGNITO_IDENTITY_ID = new RestAccessLogField('identity.cognitoIdentityId');
  /** `$context.identity.cognitoIdentityPoolId` */
  public static readonly IDENTITY_COGNITO_IDENTITY_POOL_ID = new RestAccessLogField('identity.cognitoIdentityPoolId');
  /** `$context.identity.principalOrgId` */
  public static readonly IDENTITY_PRINCIPAL_ORG_ID = new RestAccessLogField('identity.principalOrgId');
  /** `$context.identity.sourceIp` */
  public static readonly IDENTITY_SOURCE_IP = new RestAccessLogField('identity.sourceIp');
  /** `$context.identity.user` */
  public static readonly IDENTITY_USER = new RestAccessLogField('identity.user');
  /** `$context.identity.userAgent` */
  public static readonly IDENTITY_USER_AGENT = new RestAccessLogField('identity.userAgent');
  /** `$context.identity.userArn` */
  public static readonly IDENTITY_USER_ARN = new RestAccessLogField('identity.userArn');
  /** `$context.identity.vpcId` */
  public static readonly IDENTITY_VPC_ID = new RestAccessLogField('identity.vpcId');
  /** `$context.identity.vpceId` */
  public static readonly IDENTITY_VPCE_ID = new RestAccessLogField('identity.vpceId');
  /** `$context.integration.error` */
  public static readonly INTEGRATION_ERROR = new RestAccessLogField('integration.error');
  /** `$context.integration.integrationStatus` */
  public static readonly INTEGRATION_INTEGRATION_STATUS = new RestAccessLogField('integration.integrationStatus');
  /** `$context.integration.latency` */
  public static readonly INTEGRATION_LATENCY = new RestAccessLogField('integration.latency');
  /** `$context.integration.requestId` */
  public static readonly INTEGRATION_REQUEST_ID = new RestAccessLogField('integration.requestId');
  /** `$context.integration.status` */
  public static readonly INTEGRATION_STATUS = new RestAccessLogField('integration.status');
  /** `$context.integrationErrorMessage` */
  public static readonly INTEGRATION_ERROR_MESSAGE = new RestAccessLogField('integrationErrorMessage');
  /** `$context.isCanaryRequest` */
  public static readonly IS_CANARY_REQUEST = new RestAccessLogField('isCanaryRequest');
  /** `$context.path` */
  public static readonly PATH = new RestAccessLogField('path');
  /** `$context.protocol` */
  public static readonly PROTOCOL = new RestAccessLogField('protocol');
  /** `$context.requestId` */
  public static readonly REQUEST_ID = new RestAccessLogField('requestId');
  /** `$context.requestOverride.path` */
  public static readonly REQUEST_OVERRIDE_PATH = new RestAccessLogField('requestOverride.path');
  /** `$context.requestTime` */
  public static readonly REQUEST_TIME = new RestAccessLogField('requestTime');
  /** `$context.requestTimeEpoch` */
  public static readonly REQUEST_TIME_EPOCH = new RestAccessLogField('requestTimeEpoch');
  /** `$context.resourceId` */
  public static readonly RESOURCE_ID = new RestAccessLogField('resourceId');
  /** `$context.resourcePath` */
  public static readonly RESOURCE_PATH = new RestAccessLogField('resourcePath');
  /** `$context.responseLatency` */
  public static readonly RESPONSE_LATENCY = new RestAccessLogField('responseLatency');
  /** `$context.responseLength` */
  public static readonly RESPONSE_LENGTH = new RestAccessLogField('responseLength');
  /** `$context.responseOverride.status` */
  public static readonly RESPONSE_OVERRIDE_STATUS = new RestAccessLogField('responseOverride.status');
  /** `$context.stage` */
  public static readonly STAGE = new RestAccessLogField('stage');
  /** `$context.status` */
  public static readonly STATUS = new RestAccessLogField('status');
  /** `$context.tlsVersion` */
  public static readonly TLS_VERSION = new RestAccessLogField('tlsVersion');
  /** `$context.waf.error` */
  public static readonly WAF_ERROR = new RestAccessLogField('waf.error');
  /** `$context.waf.latency` */
  public static readonly WAF_LATENCY = new RestAccessLogField('waf.latency');
  /** `$context.waf.status` */
  public static readonly WAF_STATUS = new RestAccessLogField('waf.status');
  /** `$context.wafResponseCode` */
  public static readonly WAF_RESPONSE_CODE = new RestAccessLogField('wafResponseCode');
  /** `$context.webaclArn` */
  public static readonly WEBACL_ARN = new RestAccessLogField('webaclArn');
  /** `$context.xrayTraceId` */
  public static readonly XRAY_TRACE_ID = new RestAccessLogField('xrayTraceId');

  /**
   * A variable of REST APIs that this version of the library does not know. ALL-LOG16 warns of it.
   *
   * @param variable without `$context.`, e.g. `identity.sourceIp`
   * @throws if it is not the name of a variable
   */
  public static of(variable: string): RestAccessLogField {
    return new RestAccessLogField(variable);
  }

  private readonly variable: string;

  private constructor(variable: string) {
    this.variable = accessLogVariable(variable, 'RestAccessLogField');
  }

  /** @internal */
  public get _variable(): string {
    return this.variable;
  }
}
