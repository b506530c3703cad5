import { type ITable } from 'aws-cdk-lib/aws-dynamodb';
import { dynamoDbDeleteCall, dynamoDbGetCall, dynamoDbPutCall } from '../../integrations/services/dynamodb';
import { dynamoDbQueryCall, dynamoDbScanCall } from '../../integrations/services/dynamodb-query';
import { dynamoDbUpdateCall } from '../../integrations/services/dynamodb-update';
import { type RestBindIntegration } from '../binding';
import {
  type RestDynamoDbDeleteIntegrationOptions,
  type RestDynamoDbGetIntegrationOptions,
  type RestDynamoDbPutIntegrationOptions,
  type RestDynamoDbQueryIntegrationOptions,
  type RestDynamoDbScanIntegrationOptions,
  type RestDynamoDbUpdateIntegrationOptions,
} from './dynamodb-options';
import { bindCall } from './service';

export function dynamoDbGet(table: ITable, options: RestDynamoDbGetIntegrationOptions): RestBindIntegration {
  return bindCall(options, (scope) => dynamoDbGetCall(table, options, scope));
}

export function dynamoDbQuery(table: ITable, options: RestDynamoDbQueryIntegrationOptions): RestBindIntegration {
  return bindCall(options, (scope) => dynamoDbQueryCall(table, options, scope));
}

export function dynamoDbPut(table: ITable, options: RestDynamoDbPutIntegrationOptions): RestBindIntegration {
  return bindCall(options, (scope) => dynamoDbPutCall(table, options, scope));
}

export function dynamoDbDelete(table: ITable, options: RestDynamoDbDeleteIntegrationOptions): RestBindIntegration {
  return bindCall(options, (scope) => dynamoDbDeleteCall(table, options, scope));
}

export function dynamoDbScan(table: ITable, options: RestDynamoDbScanIntegrationOptions): RestBindIntegration {
  return bindCall(options, (scope) => dynamoDbScanCall(table, options, scope));
}

export function dynamoDbUpdate(table: ITable, options: RestDynamoDbUpdateIntegrationOptions): RestBindIntegration {
  return bindCall(options, (scope) => dynamoDbUpdateCall(table, options, scope));
}
