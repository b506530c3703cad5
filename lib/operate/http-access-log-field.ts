import { accessLogVariable } from './access-log-variable';

/**
 * The variables of the access log of HTTP APIs.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
 */
export class HttpAccessLogField {
  /** `$context.accountId` */
  public static readonly ACCOUNT_ID = new HttpAccessLogField('accountId');
  /** `$context.apiId` */
  public static readonly API_ID = new HttpAccessLogField('apiId');
  /** `$context.authorizer.error` */
  public static readonly AUTHORIZER_ERROR = new HttpAccessLogField('authorizer.error');
  /** `$context.authorizer.principalId` */
  public static readonly AUTHORIZER_PRINCIPAL_ID = new HttpAccessLogField('authorizer.principalId');
  /** `$context.awsEndpointRequestId` */
  public static readonly AWS_ENDPOINT_REQUEST_ID = new HttpAccessLogField('awsEndpointRequestId');
  /** `$context.awsEndpointRequestId2` */
  public static readonly AWS_ENDPOINT_REQUEST_ID2 = new HttpAccessLogField('awsEndpointRequestId2');
  /** `$context.customDomain.basePathMatched` */
  public static readonly CUSTOM_DOMAIN_BASE_PATH_MATCHED = new HttpAccessLogField('customDomain.basePathMatched');
  /** `$context.dataProcessed` */
  public static readonly DATA_PROCESSED = new HttpAccessLogField('dataProcessed');
  /** `$context.domainName` */
  public static readonly DOMAIN_NAME = new HttpAccessLogField('domainName');
  /** `$context.domainPrefix` */
  public static readonly DOMAIN_PREFIX = new HttpAccessLogField('domainPrefix');
  /** `$context.error.message` */
  public static readonly ERROR_MESSAGE = new HttpAccessLogField('error.message');
  /** `$context.error.responseType` */
  public static readonly ERROR_RESPONSE_TYPE = new HttpAccessLogField('error.responseType');
  /** `$context.extendedRequestId` */
  public static readonly EXTENDED_REQUEST_ID = new HttpAccessLogField('extendedRequestId');
  /** `$context.httpMethod` */
  public static readonly HTTP_METHOD = new HttpAccessLogField('httpMethod');
  /** `$context.identity.accountId` */
  public static readonly IDENTITY_ACCOUNT_ID = new HttpAccessLogField('identity.accountId');
  /** `$context.identity.caller` */
  public static readonly IDENTITY_CALLER = new HttpAccessLogField('identity.caller');
  /** `$context.identity.clientCert.clientCertPem` */
  public static readonly IDENTITY_CLIENT_CERT_CLIENT_CERT_PEM = new HttpAccessLogField(
    'identity.clientCert.clientCertPem',
  );
  /** `$context.identity.clientCert.issuerDN` */
  public static readonly IDENTITY_CLIENT_CERT_ISSUER_DN = new HttpAccessLogField('identity.clientCert.issuerDN');
  /** `$context.identity.clientCert.serialNumber` */
  public static readonly IDENTITY_CLIENT_CERT_SERIAL_NUMBER = new HttpAccessLogField(
    'identity.clientCert.serialNumber',
  );
  /** `$context.identity.clientCert.subjectDN` */
  public static readonly IDENTITY_CLIENT_CERT_SUBJECT_DN = new HttpAccessLogField('identity.clientCert.subjectDN');
  /** `$context.identity.clientCert.validity.notAfter` */
  public static readonly IDENTITY_CLIENT_CERT_VALIDITY_NOT_AFTER = new HttpAccessLogField(
    'identity.clientCert.validity.notAfter',
  );
  /** `$context.identity.clientCert.validity.notBefore` */
  public static readonly IDENTITY_CLIENT_CERT_VALIDITY_NOT_BEFORE = new HttpAccessLogField(
    'identity.clientCert.validity.notBefore',
  );
  /** `$context.identity.cognitoAuthenticationProvider` */
  public static readonly IDENTITY_COGNITO_AUTHENTICATION_PROVIDER = new HttpAccessLogField(
    'identity.cognitoAuthenticationProvider',
  );
  /** `$context.identity.cognitoAuthenticationType` */
  public static readonly IDENTITY_COGNITO_AUTHENTICATION_TYPE = new HttpAccessLogField(
    'identity.cognitoAuthenticationType',
  );
  /** `$context.identity.cognitoIdentityId` */
  public static readonly IDENTITY_COGNITO_IDENTITY_ID = new HttpAccessLogField('identity.cognitoIdentityId');
  /** `$context.identity.cognitoIdentityPoolId` */
  public static readonly IDENTITY_COGNITO_IDENTITY_POOL_ID = new HttpAccessLogField('identity.cognitoIdentityPoolId');
  /** `$context.identity.principalOrgId` */
  public static readonly IDENTITY_PRINCIPAL_ORG_ID = new HttpAccessLogField('identity.principalOrgId');
  /** `$context.identity.sourceIp` */
  public static readonly IDENTITY_SOURCE_IP = new HttpAccessLogField('identity.sourceIp');
  /** `$context.identity.user` */
  public static readonly IDENTITY_USER = new HttpAccessLogField('identity.user');
  /** `$context.identity.userAgent` */
  public static readonly IDENTITY_USER_AGENT = new HttpAccessLogField('identity.userAgent');
  /** `$context.identity.userArn` */
  public static readonly IDENTITY_USER_ARN = new HttpAccessLogField('identity.userArn');
  /** `$context.integration.error` */
  public static readonly INTEGRATION_ERROR = new HttpAccessLogField('integration.error');
  /** `$context.integration.integrationStatus` */
  public static readonly INTEGRATION_INTEGRATION_STATUS = new HttpAccessLogField('integration.integrationStatus');
  /** `$context.integration.latency` */
  public static readonly INTEGRATION_LATENCY = new HttpAccessLogField('integration.latency');
  /** `$context.integration.requestId` */
  public static readonly INTEGRATION_REQUEST_ID = new HttpAccessLogField('integration.requestId');
  /** `$context.integration.status` */
  public static readonly INTEGRATION_STATUS = new HttpAccessLogField('integration.status');
  /** `$context.integrationErrorMessage` */
  public static readonly INTEGRATION_ERROR_MESSAGE = new HttpAccessLogField('integrationErrorMessage');
  /** `$context.path` */
  public static readonly PATH = new HttpAccessLogField('path');
  /** `$context.protocol` */
  public static readonly PROTOCOL = new HttpAccessLogField('protocol');
  /** `$context.requestId` */
  public static readonly REQUEST_ID = new HttpAccessLogField('requestId');
  /** `$context.requestTime` */
  public static readonly REQUEST_TIME = new HttpAccessLogField('requestTime');
  /** `$context.requestTimeEpoch` */
  public static readonly REQUEST_TIME_EPOCH = new HttpAccessLogField('requestTimeEpoch');
  /** `$context.responseLatency` */
  public static readonly RESPONSE_LATENCY = new HttpAccessLogField('responseLatency');
  /** `$context.responseLength` */
  public static readonly RESPONSE_LENGTH = new HttpAccessLogField('responseLength');
  /** `$context.routeKey` */
  public static readonly ROUTE_KEY = new HttpAccessLogField('routeKey');
  /** `$context.stage` */
  public static readonly STAGE = new HttpAccessLogField('stage');
  /** `$context.status` */
  public static readonly STATUS = new HttpAccessLogField('status');

  /**
   * A variable of HTTP APIs that this version of the library does not know. ALL-LOG16 warns of it.
   *
   * @param variable without `$context.`, e.g. `identity.sourceIp`
   * @throws if it is not the name of a variable
   */
  public static of(variable: string): HttpAccessLogField {
    return new HttpAccessLogField(variable);
  }

  private readonly variable: string;

  private constructor(variable: string) {
    this.variable = accessLogVariable(variable, 'HttpAccessLogField');
  }

  /** @internal */
  public get _variable(): string {
    return this.variable;
  }
}
