import { Aws, Fn, RemovalPolicy } from 'aws-cdk-lib';
import { type IKey } from 'aws-cdk-lib/aws-kms';
import { CfnLogGroup, type ILogGroup, LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { type Construct } from 'constructs';

/**
 * Where the access log of a stage goes.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
export interface AccessLogOptions {
  /**
   * A log group of your own. The other options then have no effect.
   *
   * @default - one is made, named `/aws/vendedlogs/apis/…`
   */
  readonly logGroup?: ILogGroup;

  /**
   * How long log events are kept.
   *
   * @default RetentionDays.ONE_YEAR
   */
  readonly retention?: RetentionDays;

  /**
   * Key that encrypts the log group. Its policy must let CloudWatch Logs use it.
   *
   * @default - encrypted by CloudWatch Logs with a key of its own
   */
  readonly encryptionKey?: IKey;

  /**
   * What happens to the log group when the stage is removed.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

// As `RetentionDays` has them; the enumeration would load the whole of the L2.
const ONE_YEAR = 365;
const INFINITE = 9999;

/** Fields of every kind of API. */
const COMMON_FIELDS: Readonly<Record<string, string>> = {
  requestId: 'requestId',
  extendedRequestId: 'extendedRequestId',
  requestTimeEpoch: 'requestTimeEpoch',
  stage: 'stage',
  domainName: 'domainName',
  status: 'status',
  errorMessage: 'error.message',
  errorResponseType: 'error.responseType',
  integrationStatus: 'integration.integrationStatus',
  functionStatus: 'integration.status',
  integrationLatency: 'integration.latency',
  integrationRequestId: 'integration.requestId',
  integrationError: 'integration.error',
  authorizerError: 'authorizer.error',
  principalId: 'authorizer.principalId',
  sourceIp: 'identity.sourceIp',
  userAgent: 'identity.userAgent',
};

/** Fields that REST APIs have beside the common ones. */
const REST_FIELDS: Readonly<Record<string, string>> = {
  httpMethod: 'httpMethod',
  path: 'path',
  resourcePath: 'resourcePath',
  protocol: 'protocol',
  responseLatency: 'responseLatency',
  responseLength: 'responseLength',
  authorizerLatency: 'authorizer.latency',
  authorizerStatus: 'authorizer.status',
  apiKeyId: 'identity.apiKeyId',
  wafResponseCode: 'wafResponseCode',
  wafStatus: 'waf.status',
  xrayTraceId: 'xrayTraceId',
  tlsVersion: 'tlsVersion',
  cipherSuite: 'cipherSuite',
  isCanaryRequest: 'isCanaryRequest',
};

/** Fields that HTTP APIs have beside the common ones. */
const HTTP_FIELDS: Readonly<Record<string, string>> = {
  httpMethod: 'httpMethod',
  path: 'path',
  routeKey: 'routeKey',
  protocol: 'protocol',
  responseLatency: 'responseLatency',
  responseLength: 'responseLength',
  dataProcessed: 'dataProcessed',
};

/** Fields that WebSocket APIs have beside the common ones. */
const WEBSOCKET_FIELDS: Readonly<Record<string, string>> = {
  routeKey: 'routeKey',
  eventType: 'eventType',
  connectionId: 'connectionId',
  connectedAt: 'connectedAt',
  messageId: 'messageId',
  authorizerLatency: 'authorizer.latency',
  authorizerStatus: 'authorizer.status',
};

/** The formats of access logs: JSON, every value quoted, since a variable without a value prints `-`. */
export const REST_ACCESS_LOG_FORMAT = format({ ...COMMON_FIELDS, ...REST_FIELDS });
export const HTTP_ACCESS_LOG_FORMAT = format({ ...COMMON_FIELDS, ...HTTP_FIELDS });
export const WEBSOCKET_ACCESS_LOG_FORMAT = format({ ...COMMON_FIELDS, ...WEBSOCKET_FIELDS });

function format(fields: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.fromEntries(Object.entries(fields).map(([name, path]) => [name, `$context.${path}`])));
}

/** The log group of one stage's access log. */
export interface AccessLogGroup {
  readonly arn: string;
  /** As other constructs of the CDK take it; made when first asked for. */
  readonly logGroup: () => ILogGroup;
}

/**
 * The log group of one stage's access log; an L1, since the L2 loads half a hundred modules for what is not used here.
 *
 * @param name what tells this stage from others of the stack, e.g. `Orders/prod`
 */
export function accessLogGroup(scope: Construct, id: string, name: string, options: AccessLogOptions): AccessLogGroup {
  const { logGroup: given } = options;
  if (given) return { arn: given.logGroupArn, logGroup: () => given };
  // The start of the stack's own id: a retained log group must not stand in the way of a stack that is made anew.
  const unique = Fn.select(0, Fn.split('-', Fn.select(2, Fn.split('/', Aws.STACK_ID))));
  const retention = options.retention ?? ONE_YEAR;
  const group = new CfnLogGroup(scope, id, {
    // With this prefix, HTTP and WebSocket logs need no resource policy of their own, which is limited to 5120 characters.
    logGroupName: `/aws/vendedlogs/apis/${Aws.STACK_NAME}/${name}-${unique}`,
    retentionInDays: retention === INFINITE ? undefined : retention,
    kmsKeyId: options.encryptionKey?.keyArn,
  });
  group.applyRemovalPolicy(options.removalPolicy ?? RemovalPolicy.RETAIN);
  let imported: ILogGroup | undefined;
  return {
    arn: group.attrArn,
    logGroup: () => (imported ??= LogGroup.fromLogGroupArn(scope, `${id}-Import`, group.attrArn)),
  };
}
