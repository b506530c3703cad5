/** All integrations with AWS services and the resources that they take, for the factories. */
export * from './aws';
export * from './dynamodb';
export * from './dynamodb-options';
export * from './event-bridge';
export * from './kinesis';
export * from './s3';
export * from './sns';
export * from './sqs';
export * from './step-functions';

export type { ITable } from 'aws-cdk-lib/aws-dynamodb';
export type { IEventBus } from 'aws-cdk-lib/aws-events';
export type { IStream } from 'aws-cdk-lib/aws-kinesis';
export type { IBucket } from 'aws-cdk-lib/aws-s3';
export type { ITopic } from 'aws-cdk-lib/aws-sns';
export type { IQueue } from 'aws-cdk-lib/aws-sqs';
export type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
