import { Aws, type CfnResource, Token } from 'aws-cdk-lib';
import { type IDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { type ILogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import { type Construct } from 'constructs';
import { FIREHOSE_NAME_PREFIX } from '../facts/enumerations';
import { type GatewayKind, KINDS } from '../facts/kinds';
import { LOG_FORMAT_MAX_BYTES } from '../facts/quotas';
import { type Owner, show } from '../authoring/errors';
import { uniqueOfStack } from '../authoring/places';
import { type AccessLogFormat, jsonFormat, type RenderedLogFormat } from './access-log-format';
import { DEFAULT_LOG_FIELDS } from './default-log-fields';
import { checkDeclared, createLogGroup, type LogGroupOptions } from './log-group';
import { checkLogPlace } from './log-place';

/**
 * The access log of a stage: its destination and its format.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 *
 * @example
 * const accessLog: AccessLogOptions = {
 *   retention: RetentionDays.THREE_MONTHS,
 *   format: AccessLogFormat.rest({ additional: { tenant: 'authorizer.tenant' } }),
 * };
 */
export interface AccessLogOptions extends LogGroupOptions {
  /**
   * An existing log group, which has its own retention, key and name.
   *
   * @default - a new one, named `/aws/vendedlogs/apis/…`
   */
  readonly logGroup?: ILogGroup;

  /**
   * Name of the new log group. HTTP and WebSocket APIs: begin it with `/aws/vendedlogs/`, otherwise each group uses a
   * part of the account's one resource policy of 5120 characters.
   *
   * @default - `/aws/vendedlogs/apis/`, the stack, the gateway and the stage
   */
  readonly logGroupName?: string;

  /**
   * Whether the log group is in the stack. Set `false` if it exists already and the log continues in it: the group of
   * a stage that was removed was kept, and CloudFormation cannot create it again when the stage comes back. It
   * keeps its retention and its key.
   *
   * @default true
   */
  readonly declared?: boolean;

  /**
   * A stream of Amazon Data Firehose instead of a log group; its name must begin with `amazon-apigateway-`. REST APIs only.
   * Alarms and queries on the access log require a log group.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-logging-to-kinesis.html
   * @default - a log group
   */
  readonly deliveryStream?: IDeliveryStream;

  /**
   * The format of each log entry.
   *
   * @default - JSON with the default fields: `AccessLogFormat.rest()`, `.http()` or `.webSocket()`
   */
  readonly format?: AccessLogFormat;
}

/** The log group of one stage's access log. */
export interface AccessLogGroup {
  readonly arn: string;
  /** Name for metric filters and queries. */
  readonly name: string;
  /** For other CDK constructs; created on first use. */
  readonly logGroup: () => ILogGroup;
}

/** The access log of one stage. */
export interface AccessLog {
  readonly destinationArn: string;
  readonly format: RenderedLogFormat;
  /** Undefined if the log goes to a stream. */
  readonly group?: AccessLogGroup;
}

/** The owner of the access log. */
export interface AccessLogContext {
  readonly kind: GatewayKind;
  /** Distinguishes this stage from others of the stack, e.g. `Orders/prod`. */
  readonly name: string;
  readonly owner: Owner;
}

/**
 * The access log of one stage, and its log group if it is a new one.
 * @throws if the kind of API does not support the destination or the format
 */
export function createAccessLog(
  scope: Construct,
  id: string,
  options: AccessLogOptions,
  { kind, name, owner }: AccessLogContext,
): AccessLog {
  const where = owner.part('accessLog');
  const format = options.format?._render(kind, where) ?? {
    text: jsonFormat(DEFAULT_LOG_FIELDS[kind]),
    fields: DEFAULT_LOG_FIELDS[kind],
  };
  const bytes = Buffer.byteLength(format.text);
  if (!Token.isUnresolved(format.text) && bytes > LOG_FORMAT_MAX_BYTES) {
    throw where.error(
      `format has ${bytes} bytes; the maximum is ${LOG_FORMAT_MAX_BYTES}; log fewer fields, or use shorter names`,
    );
  }
  const own = (['retention', 'encryptionKey', 'removalPolicy', 'logGroupName', 'declared'] as const).filter(
    (option) => options[option] !== undefined,
  );
  const given = options.deliveryStream ? 'deliveryStream' : options.logGroup ? 'logGroup' : undefined;
  if (options.deliveryStream && options.logGroup) {
    throw where.error('has both logGroup and deliveryStream, but a stage writes to one; leave one out');
  }
  if (given !== undefined && own.length > 0) {
    throw where.error(`${own.join(' and ')} would have no effect with ${given}, which has its own; leave it out`);
  }
  checkDeclared(options, where);
  if (options.deliveryStream) {
    return { destinationArn: streamArn(options.deliveryStream, kind, where), format };
  }
  if (options.logGroup) checkLogPlace(scope, options.logGroup, 'API Gateway', where);
  const group = accessLogGroup(scope, id, name, options);
  return { destinationArn: group.arn, format, group };
}

/** The log group of a log, for other CDK constructs. @throws if the log goes to a stream */
export function logGroupOf({ group }: AccessLog, owner: Owner): ILogGroup {
  if (!group) throw owner.error('has no log group: its access log goes to a stream');
  return group.logGroup();
}

function accessLogGroup(scope: Construct, id: string, name: string, options: AccessLogOptions): AccessLogGroup {
  const { logGroup: given } = options;
  if (given) return { arn: given.logGroupArn, name: given.logGroupName, logGroup: () => given };
  // With this prefix, HTTP and WebSocket logs do not use the resource policy, which is limited to 5120 characters.
  const made = `/aws/vendedlogs/apis/${Aws.STACK_NAME}/${name}-${uniqueOfStack()}`;
  const group = createLogGroup(scope, id, options.logGroupName ?? made, options);
  let imported: ILogGroup | undefined;
  return {
    arn: group.arn,
    name: group.name,
    logGroup: () => (imported ??= LogGroup.fromLogGroupArn(scope, `${id}-Import`, group.arn)),
  };
}

function streamArn(stream: IDeliveryStream, kind: GatewayKind, owner: Owner): string {
  if (kind !== 'rest') {
    throw owner.error(
      `deliveryStream is for REST APIs: the access log of ${KINDS[kind].api} goes to a log group only. ` +
        'Set logGroup, and add a subscription filter from it to the stream',
    );
  }
  // The name of an L2 refers to its resource; the configured name is on the resource.
  const resource = stream.node.defaultChild as (CfnResource & { deliveryStreamName?: string }) | undefined;
  const name = Token.isUnresolved(stream.deliveryStreamName) ? resource?.deliveryStreamName : stream.deliveryStreamName;
  const isMade = resource !== undefined && name === undefined;
  if (isMade || (name !== undefined && !Token.isUnresolved(name) && !name.startsWith(FIREHOSE_NAME_PREFIX))) {
    throw owner.error(
      `the name of deliveryStream must begin with "${FIREHOSE_NAME_PREFIX}", got: ${isMade ? 'none, so CloudFormation generates one' : show(name)}; ` +
        `API Gateway writes only to such streams. Set deliveryStreamName: "${FIREHOSE_NAME_PREFIX}…"`,
    );
  }
  return stream.deliveryStreamArn;
}
