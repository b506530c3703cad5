import { type CfnResource } from 'aws-cdk-lib';
import { type MethodLoggingLevel } from 'aws-cdk-lib/aws-apigateway';
import { type CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { type Construct } from 'constructs';
import { EXECUTION_LOG_PREFIXES } from '../facts/names';
import { type Owner } from '../authoring/errors';
import { ApiGatewayAccountLogging } from './account-logging';
import { checkDeclared, createLogGroup, type LogGroupOptions } from './log-group';

// Members of an enumeration of the CDK, copied: it is in the file of an L2, which would be loaded for it. A test compares
// them with the CDK's own.
export const LOGGING_ERROR = 'ERROR' as MethodLoggingLevel;
export const LOGGING_OFF = 'OFF' as MethodLoggingLevel;

/**
 * The log group of a stage's execution log.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
export interface ExecutionLogOptions extends LogGroupOptions {
  /**
   * Whether the group is in the stack, with a retention. Otherwise API Gateway creates it, and keeps its events forever.
   *
   * An API that wrote execution logs before has the group already, and so has a stage that was removed and comes back;
   * CloudFormation cannot create it again. Delete it before the deployment, or set `false` and set its retention manually
   * (`aws logs put-retention-policy`).
   * `cdk deploy --import-existing-resources` cannot import it: that works for static names, and this one contains the id of the
   * API.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-automatically.html
   *
   * @default true
   */
  readonly declared?: boolean;
}

/** The owner of the execution log. */
export interface ExecutionLogContext {
  /** HTTP APIs have none. */
  readonly kind: 'rest' | 'websocket';
  readonly apiId: string;
  /** The name itself: a reference to the stage would close a cycle, since the stage depends on the group. */
  readonly stageName: string;
}

/** The group to which API Gateway writes the execution log, created before the stage; undefined if it is not declared. */
export function executionLogGroup(
  scope: Construct,
  id: string,
  options: ExecutionLogOptions,
  { kind, apiId, stageName }: ExecutionLogContext,
): CfnLogGroup | undefined {
  return createLogGroup(scope, id, `${EXECUTION_LOG_PREFIXES[kind]}${apiId}/${stageName}`, options).resource;
}

/** The options of a stage of a REST or WebSocket API for logging its execution. */
interface LoggingOptions {
  readonly executionLogging?: MethodLoggingLevel;
  readonly executionLog?: ExecutionLogOptions;
  readonly dataTrace?: boolean;
}

/** The same with all defaults. */
export interface LoggingDefinition {
  readonly executionLog: ExecutionLogOptions;
  readonly loggingLevel: MethodLoggingLevel;
  readonly dataTrace: boolean;
}

/** @throws if the log is off, but has options */
export function defineLogging(options: LoggingOptions, owner: Owner): LoggingDefinition {
  const { executionLog, executionLogging: loggingLevel = LOGGING_ERROR, dataTrace = false } = options;
  if (executionLog) checkDeclared(executionLog, owner.part('executionLog'));
  const isOff = loggingLevel === LOGGING_OFF;
  if (isOff && executionLog)
    throw owner.error('executionLog has no effect while executionLogging is OFF; leave one of them out');
  return { executionLog: executionLog ?? (isOff ? { declared: false } : {}), loggingLevel, dataTrace };
}

/** The dependency of a stage that logs: without the account's role, API Gateway rejects it. */
export function logAhead(
  stage: CfnResource,
  scope: Construct,
  id: string,
  options: ExecutionLogOptions,
  context: ExecutionLogContext,
): void {
  const account = ApiGatewayAccountLogging.of(scope).resource;
  const group = executionLogGroup(scope, id, options, context);
  // One after the other: CDK sorts several dependencies of a resource, which loads the collation of a language for it.
  group?.addResourceDependency(account);
  stage.addResourceDependency(group ?? account);
}
