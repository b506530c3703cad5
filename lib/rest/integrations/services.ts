/** All integrations with AWS services, for the factories. */
export * from './aws';
export * from './dynamodb';
export * from './dynamodb-options';
export * from './event-bridge';
export * from './kinesis';
export * from './s3';
export * from './sns';
export * from './sqs';
export * from './step-functions';
