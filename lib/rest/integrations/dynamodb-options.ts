import {
  type DynamoDbDeleteOptions,
  type DynamoDbGetOptions,
  type DynamoDbPutOptions,
  type DynamoDbQueryOptions,
  type DynamoDbScanOptions,
  type DynamoDbUpdateOptions,
} from '../../integrations/services/dynamodb-options';
import { type RestServiceIntegrationOptions } from './service';

/**
 * Options of an integration that reads an item.
 */
export interface RestDynamoDbGetIntegrationOptions extends RestServiceIntegrationOptions, DynamoDbGetOptions {}

/**
 * Options of an integration that writes an item.
 */
export interface RestDynamoDbPutIntegrationOptions extends RestServiceIntegrationOptions, DynamoDbPutOptions {}

/**
 * Options of an integration that deletes an item.
 */
export interface RestDynamoDbDeleteIntegrationOptions extends RestServiceIntegrationOptions, DynamoDbDeleteOptions {}

/**
 * Options of an integration that reads the items of one partition.
 */
export interface RestDynamoDbQueryIntegrationOptions extends RestServiceIntegrationOptions, DynamoDbQueryOptions {}

/**
 * Options of an integration that reads the items of a table or index.
 */
export interface RestDynamoDbScanIntegrationOptions extends RestServiceIntegrationOptions, DynamoDbScanOptions {}

/**
 * Options of an integration that changes an item.
 */
export interface RestDynamoDbUpdateIntegrationOptions extends RestServiceIntegrationOptions, DynamoDbUpdateOptions {}
