/** All integrations with AWS services, for the factories. */
export { aws, type RestAwsIntegrationOptions } from './aws';
export { dynamoDbDelete, dynamoDbGet, dynamoDbPut, dynamoDbQuery } from './dynamodb';
export {
  type RestDynamoDbDeleteIntegrationOptions,
  type RestDynamoDbGetIntegrationOptions,
  type RestDynamoDbPutIntegrationOptions,
  type RestDynamoDbQueryIntegrationOptions,
} from './dynamodb-options';
export { eventBridge, type RestEventBridgeIntegrationOptions } from './event-bridge';
export { kinesis, type RestKinesisIntegrationOptions } from './kinesis';
export { type RestS3IntegrationOptions, s3Get, s3Put } from './s3';
export { type RestSnsIntegrationOptions, sns } from './sns';
export { type RestSqsIntegrationOptions, sqs } from './sqs';
export { type RestStepFunctionsIntegrationOptions, stepFunctionsStart, stepFunctionsStartSync } from './step-functions';
