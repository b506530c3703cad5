import { type ITable } from 'aws-cdk-lib/aws-dynamodb';
import { type IQueue } from 'aws-cdk-lib/aws-sqs';
import { type IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { dynamoDbDeleteCall, dynamoDbGetCall, dynamoDbPutCall } from '../../integrations/services/dynamodb';
import { dynamoDbQueryCall, dynamoDbScanCall } from '../../integrations/services/dynamodb-query';
import { dynamoDbUpdateCall } from '../../integrations/services/dynamodb-update';
import {
  type DynamoDbDeleteOptions,
  type DynamoDbGetOptions,
  type DynamoDbPutOptions,
  type DynamoDbQueryOptions,
  type DynamoDbScanOptions,
  type DynamoDbUpdateOptions,
} from '../../integrations/services/dynamodb-options';
import { textOf } from '../../integrations/services/replies';
import { sqsCall, type SqsMessageOptions } from '../../integrations/services/sqs';
import { stepFunctionsCall, type StepFunctionsStartOptions } from '../../integrations/services/step-functions';
import { type WebSocketBindIntegration } from '../binding';
import { bindCall, type WebSocketServiceIntegrationOptions } from './service';

/**
 * Options of an integration that puts a message into a queue.
 */
export interface WebSocketSqsIntegrationOptions extends WebSocketServiceIntegrationOptions, SqsMessageOptions {}

/**
 * Options of an integration that reads an item.
 */
export interface WebSocketDynamoDbGetIntegrationOptions
  extends WebSocketServiceIntegrationOptions, DynamoDbGetOptions {}

/**
 * Options of an integration that reads the items of one partition.
 */
export interface WebSocketDynamoDbQueryIntegrationOptions
  extends WebSocketServiceIntegrationOptions, DynamoDbQueryOptions {}

/**
 * Options of an integration that writes an item.
 */
export interface WebSocketDynamoDbPutIntegrationOptions
  extends WebSocketServiceIntegrationOptions, DynamoDbPutOptions {}

/**
 * Options of an integration that deletes an item.
 */
export interface WebSocketDynamoDbDeleteIntegrationOptions
  extends WebSocketServiceIntegrationOptions, DynamoDbDeleteOptions {}

/**
 * Options of an integration that reads the items of a table or index.
 */
export interface WebSocketDynamoDbScanIntegrationOptions
  extends WebSocketServiceIntegrationOptions, DynamoDbScanOptions {}

/**
 * Options of an integration that changes an item.
 */
export interface WebSocketDynamoDbUpdateIntegrationOptions
  extends WebSocketServiceIntegrationOptions, DynamoDbUpdateOptions {}

/**
 * Options of an integration that starts a state machine.
 */
export interface WebSocketStepFunctionsIntegrationOptions
  extends WebSocketServiceIntegrationOptions, StepFunctionsStartOptions {}

export function sqs(queue: IQueue, options: WebSocketSqsIntegrationOptions): WebSocketBindIntegration {
  return bindCall(options, (scope) => sqsCall(queue, options, scope));
}

export function dynamoDbGet(table: ITable, options: WebSocketDynamoDbGetIntegrationOptions): WebSocketBindIntegration {
  return bindCall(options, (scope) => dynamoDbGetCall(table, options, scope));
}

export function dynamoDbQuery(
  table: ITable,
  options: WebSocketDynamoDbQueryIntegrationOptions,
): WebSocketBindIntegration {
  return bindCall(options, (scope) => dynamoDbQueryCall(table, options, scope));
}

export function dynamoDbPut(table: ITable, options: WebSocketDynamoDbPutIntegrationOptions): WebSocketBindIntegration {
  return bindCall(options, (scope) => dynamoDbPutCall(table, options, scope));
}

export function dynamoDbDelete(
  table: ITable,
  options: WebSocketDynamoDbDeleteIntegrationOptions,
): WebSocketBindIntegration {
  return bindCall(options, (scope) => dynamoDbDeleteCall(table, options, scope));
}

export function dynamoDbScan(
  table: ITable,
  options: WebSocketDynamoDbScanIntegrationOptions,
): WebSocketBindIntegration {
  return bindCall(options, (scope) => dynamoDbScanCall(table, options, scope));
}

export function dynamoDbUpdate(
  table: ITable,
  options: WebSocketDynamoDbUpdateIntegrationOptions,
): WebSocketBindIntegration {
  return bindCall(options, (scope) => dynamoDbUpdateCall(table, options, scope));
}

export function stepFunctionsStart(
  machine: IStateMachine,
  options: WebSocketStepFunctionsIntegrationOptions,
): WebSocketBindIntegration {
  const started = { pattern: '2\\d{2}', status: 202, template: textOf('executionArn', '$.executionArn') };
  return bindCall(options, (scope) => stepFunctionsCall(machine, options, 'StartExecution', started, scope));
}
