import { accessLogVariable } from './access-log-variable';

/**
 * The variables of the access log of WebSocket APIs.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-logging.html
 */
export class WebSocketAccessLogField {
  /** `$context.accountId` */
  public static readonly ACCOUNT_ID = new WebSocketAccessLogField('accountId');
  /** `$context.apiId` */
  public static readonly API_ID = new WebSocketAccessLogField('apiId');
  /** `$context.authenticate.error` */
  public static readonly AUTHENTICATE_ERROR = new WebSocketAccessLogField('authenticate.error');
  /** `$context.authenticate.latency` */
  public static readonly AUTHENTICATE_LATENCY = new WebSocketAccessLogField('authenticate.latency');
  /** `$context.authenticate.status` */
  public static readonly AUTHENTICATE_STATUS = new WebSocketAccessLogField('authenticate.status');
  /** `$context.authorize.error` */
  public static readonly AUTHORIZE_ERROR = new WebSocketAccessLogField('authorize.error');
  /** `$context.authorize.latency` */
  public static readonly AUTHORIZE_LATENCY = new WebSocketAccessLogField('authorize.latency');
  /** `$context.authorize.status` */
  public static readonly AUTHORIZE_STATUS = new WebSocketAccessLogField('authorize.status');
  /** `$context.authorizer.error` */
  public static readonly AUTHORIZER_ERROR = new WebSocketAccessLogField('authorizer.error');
  /** `$context.authorizer.integrationLatency` */
  public static readonly AUTHORIZER_INTEGRATION_LATENCY = new WebSocketAccessLogField('authorizer.integrationLatency');
  /** `$context.authorizer.integrationStatus` */
  public static readonly AUTHORIZER_INTEGRATION_STATUS = new WebSocketAccessLogField('authorizer.integrationStatus');
  /** `$context.authorizer.latency` */
  public static readonly AUTHORIZER_LATENCY = new WebSocketAccessLogField('authorizer.latency');
  /** `$context.authorizer.principalId` */
  public static readonly AUTHORIZER_PRINCIPAL_ID = new WebSocketAccessLogField('authorizer.principalId');
  /** `$context.authorizer.requestId` */
  public static readonly AUTHORIZER_REQUEST_ID = new WebSocketAccessLogField('authorizer.requestId');
  /** `$context.authorizer.status` */
  public static readonly AUTHORIZER_STATUS = new WebSocketAccessLogField('authorizer.status');
  /** `$context.awsEndpointRequestId` */
  public static readonly AWS_ENDPOINT_REQUEST_ID = new WebSocketAccessLogField('awsEndpointRequestId');
  /** `$context.connectedAt` */
  public static readonly CONNECTED_AT = new WebSocketAccessLogField('connectedAt');
  /** `$context.connectionId` */
  public static readonly CONNECTION_ID = new WebSocketAccessLogField('connectionId');
  /** `$context.disconnectReason` */
  public static readonly DISCONNECT_REASON = new WebSocketAccessLogField('disconnectReason');
  /** `$context.disconnectStatusCode` */
  public static readonly DISCONNECT_STATUS_CODE = new WebSocketAccessLogField('disconnectStatusCode');
  /** `$context.domainName` */
  public static readonly DOMAIN_NAME = new WebSocketAccessLogField('domainName');
  /** `$context.error.message` */
  public static readonly ERROR_MESSAGE = new WebSocketAccessLogField('error.message');
  /** `$context.error.responseType` */
  public static readonly ERROR_RESPONSE_TYPE = new WebSocketAccessLogField('error.responseType');
  /** `$context.error.validationErrorString` */
  public static readonly ERROR_VALIDATION_ERROR_STRING = new WebSocketAccessLogField('error.validationErrorString');
  /** `$context.eventType` */
  public static readonly EVENT_TYPE = new WebSocketAccessLogField('eventType');
  /** `$context.extendedRequestId` */
  public static readonly EXTENDED_REQUEST_ID = new WebSocketAccessLogField('extendedRequestId');
  /** `$context.identity.accountId` */
  public static readonly IDENTITY_ACCOUNT_ID = new WebSocketAccessLogField('identity.accountId');
  /** `$context.identity.apiKeyId` */
  public static readonly IDENTITY_API_KEY_ID = new WebSocketAccessLogField('identity.apiKeyId');
  /** `$context.identity.caller` */
  public static readonly IDENTITY_CALLER = new WebSocketAccessLogField('identity.caller');
  /** `$context.identity.cognitoAuthenticationProvider` */
  public static readonly IDENTITY_COGNITO_AUTHENTICATION_PROVIDER = new WebSocketAccessLogField(
    'identity.cognitoAuthenticationProvider',
  );
  /** `$context.identity.cognitoAuthenticationType` */
  public static readonly IDENTITY_COGNITO_AUTHENTICATION_TYPE = new WebSocketAccessLogField(
    'identity.cognitoAuthenticationType',
  );
  /** `$context.identity.cognitoIdentityId` */
  public static readonly IDENTITY_COGNITO_IDENTITY_ID = new WebSocketAccessLogField('identity.cognitoIdentityId');
  /** `$context.identity.cognitoIdentityPoolId` */
  public static readonly IDENTITY_COGNITO_IDENTITY_POOL_ID = new WebSocketAccessLogField(
    'identity.cognitoIdentityPoolId',
  );
  /** `$context.identity.principalOrgId` */
  public static readonly IDENTITY_PRINCIPAL_ORG_ID = new WebSocketAccessLogField('identity.principalOrgId');
  /** `$context.identity.sourceIp` */
  public static readonly IDENTITY_SOURCE_IP = new WebSocketAccessLogField('identity.sourceIp');
  /** `$context.identity.user` */
  public static readonly IDENTITY_USER = new WebSocketAccessLogField('identity.user');
  /** `$context.identity.userAgent` */
  public static readonly IDENTITY_USER_AGENT = new WebSocketAccessLogField('identity.userAgent');
  /** `$context.identity.userArn` */
  public static readonly IDENTITY_USER_ARN = new WebSocketAccessLogField('identity.userArn');
  /** `$context.integration.error` */
  public static readonly INTEGRATION_ERROR = new WebSocketAccessLogField('integration.error');
  /** `$context.integration.integrationStatus` */
  public static readonly INTEGRATION_INTEGRATION_STATUS = new WebSocketAccessLogField('integration.integrationStatus');
  /** `$context.integration.latency` */
  public static readonly INTEGRATION_LATENCY = new WebSocketAccessLogField('integration.latency');
  /** `$context.integration.requestId` */
  public static readonly INTEGRATION_REQUEST_ID = new WebSocketAccessLogField('integration.requestId');
  /** `$context.integration.status` */
  public static readonly INTEGRATION_STATUS = new WebSocketAccessLogField('integration.status');
  /** `$context.messageId` */
  public static readonly MESSAGE_ID = new WebSocketAccessLogField('messageId');
  /** `$context.requestId` */
  public static readonly REQUEST_ID = new WebSocketAccessLogField('requestId');
  /** `$context.requestTime` */
  public static readonly REQUEST_TIME = new WebSocketAccessLogField('requestTime');
  /** `$context.requestTimeEpoch` */
  public static readonly REQUEST_TIME_EPOCH = new WebSocketAccessLogField('requestTimeEpoch');
  /** `$context.routeKey` */
  public static readonly ROUTE_KEY = new WebSocketAccessLogField('routeKey');
  /** `$context.stage` */
  public static readonly STAGE = new WebSocketAccessLogField('stage');
  /** `$context.status` */
  public static readonly STATUS = new WebSocketAccessLogField('status');
  /** `$context.waf.error` */
  public static readonly WAF_ERROR = new WebSocketAccessLogField('waf.error');
  /** `$context.waf.latency` */
  public static readonly WAF_LATENCY = new WebSocketAccessLogField('waf.latency');
  /** `$context.waf.status` */
  public static readonly WAF_STATUS = new WebSocketAccessLogField('waf.status');

  /**
   * A variable of WebSocket APIs that this version of the library does not know. ALL-LOG16 warns of it.
   *
   * @param variable without `$context.`, e.g. `identity.sourceIp`
   * @throws if it is not the name of a variable
   */
  public static of(variable: string): WebSocketAccessLogField {
    return new WebSocketAccessLogField(variable);
  }

  private readonly variable: string;

  private constructor(variable: string) {
    this.variable = accessLogVariable(variable, 'WebSocketAccessLogField');
  }

  /** @internal */
  public get _variable(): string {
    return this.variable;
  }
}
