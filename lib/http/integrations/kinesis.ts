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
   * Determines the shard; records with the same key stay in order. 1 to 256 characters; a request without it gets a 400 response.
   * Use `RequestValue.requestId()` to spread records evenly.
   */
  readonly partitionKey: RequestValue;

  /**
   * The record, in base64: Kinesis requires this form, and HTTP APIs pass on what the client sends. Anything else is an error of
   * Kinesis, a 500, or a record with other bytes if it happens to be valid base64 (`abcd`). Have clients send base64, or use
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
      'HTTP APIs name a stream without its account, so a stream of this account would get the records; use RestGateway, which calls it by its ARN',
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
