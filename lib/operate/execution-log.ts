import { type CfnResource } from 'aws-cdk-lib';
import { type MethodLoggingLevel } from 'aws-cdk-lib/aws-apigateway';
import { type CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { type Construct } from 'constructs';
import { EXECUTION_LOG_PREFIXES } from '../facts/names';
import { type Owner } from '../authoring/errors';
import { ApiGatewayAccountLogging } from './account-logging';
import { checkDeclared, createLogGroup, type LogGroupOptions } from './log-group';

// Members of an enumeration of the CDK, written out: it is in the file of an L2, which would be loaded for it. A test holds
// them against the CDK's own.
export const LOGGING_ERROR = 'ERROR' as MethodLoggingLevel;
export const LOGGING_OFF = 'OFF' as MethodLoggingLevel;

/**
 * The log group of a stage's execution log.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
export interface ExecutionLogOptions extends LogGroupOptions {
  /**
   * Whether the group is in the stack, with a retention. Without it API Gateway makes it, and keeps what is in it for ever.
   *
   * An API that wrote execution logs before has the group already, and so has a stage that was taken out and comes back;
   * CloudFormation refuses to make it again. Delete it before the deployment, or say `false` and give it a retention by hand
   * (`aws logs put-retention-policy`).
   * `cdk deploy --import-existing-resources` does not take it over: that is for static names, and this one has the id of the
   * API in it.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-automatically.html
   *
   * @default true
   */
  readonly declared?: boolean;
}

/** Whose execution log it is. */
export interface ExecutionLogContext {
  /** HTTP APIs have none. */
  readonly kind: 'rest' | 'websocket';
  readonly apiId: string;
  /** The name itself: a reference to the stage would close a cycle, since the stage waits for the group. */
  readonly stageName: string;
}

/** The group that API Gateway writes the execution log to, made before the stage; nothing where it is not to be declared. */
export function executionLogGroup(
  scope: Construct,
  id: string,
  options: ExecutionLogOptions,
  { kind, apiId, stageName }: ExecutionLogContext,
): CfnLogGroup | undefined {
  return createLogGroup(scope, id, `${EXECUTION_LOG_PREFIXES[kind]}${apiId}/${stageName}`, options).resource;
}

/** What a stage of a REST or WebSocket API logs of its own work, as the user writes it. */
interface LoggingOptions {
  readonly executionLogging?: MethodLoggingLevel;
  readonly executionLog?: ExecutionLogOptions;
  readonly dataTrace?: boolean;
}

/** The same, every default filled in. */
export interface LoggingDefinition {
  readonly executionLog: ExecutionLogOptions;
  readonly loggingLevel: MethodLoggingLevel;
  readonly dataTrace: boolean;
}

/** @throws where the log is off, and something is said of it nevertheless */
export function defineLogging(options: LoggingOptions, owner: Owner): LoggingDefinition {
  const { executionLog, executionLogging: loggingLevel = LOGGING_ERROR, dataTrace = false } = options;
  if (executionLog) checkDeclared(executionLog, owner.part('executionLog'));
  const isOff = loggingLevel === LOGGING_OFF;
  if (isOff && executionLog)
    throw owner.error('executionLog has no effect while executionLogging is OFF; leave one of them out');
  return { executionLog: executionLog ?? (isOff ? { declared: false } : {}), loggingLevel, dataTrace };
}

/** What must be there before a stage that logs: without the account's role it is refused. */
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
