import { type IStream } from 'aws-cdk-lib/aws-kinesis';
import { RequestValue } from '../../integrations/request-value';
import { refuseOtherAccount } from '../../integrations/services/accounts';
import { putRecordAccess } from '../../integrations/services/kinesis';
import { type BindHttpIntegration } from '../binding';
import { type HttpServiceIntegrationOptions, serviceIntegration } from './service';

/**
 * Options of an integration that puts a record on a data stream.
 */
export interface HttpKinesisIntegrationOptions extends HttpServiceIntegrationOptions {
  /**
   * Decides the shard; records with the same key come in order. 1 to 256 characters; a request without it is answered 400. Take
   * `RequestValue.requestId()` to spread records evenly.
   */
  readonly partitionKey: RequestValue;

  /**
   * The record, in base64: Kinesis takes it in this form, and HTTP APIs pass on what the client sends. What is no base64 is an error of
   * Kinesis, a 500, or a record of other bytes, where it happens to be base64 as well (`abcd`). Have clients send base64, or use
   * `RestIntegration.kinesis`, which encodes.
   *
   * @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecord.html
   * @default RequestValue.body()
   */
  readonly data?: RequestValue;
}

export function kinesis(stream: IStream, options: HttpKinesisIntegrationOptions): BindHttpIntegration {
  return (context) => {
    const { owner, stack } = context;
    refuseOtherAccount(
      stream,
      stream.streamArn,
      stack,
      owner,
      'stream',
      'HTTP APIs name a stream without its account, so that one of this account would get the records; use RestGateway, which calls it by its ARN',
    );
    return serviceIntegration(context, options, {
      ...putRecordAccess(stream, context.owner),
      subtype: 'Kinesis-PutRecord',
      parameters: {
        StreamName: stream.streamName,
        PartitionKey: options.partitionKey,
        Data: options.data ?? RequestValue.body(),
      },
    });
  };
}
