import { type IStream } from 'aws-cdk-lib/aws-kinesis';
import { RequestValue } from '../../shared/request-value';
import { type BindHttpIntegration } from '../binding';
import { type HttpServiceIntegrationOptions, serviceIntegration } from './service';

/**
 * Options of an integration that puts a record on a data stream.
 */
export interface HttpKinesisIntegrationOptions extends HttpServiceIntegrationOptions {
  /**
   * Decides the shard; records with the same key come in order. 1 to 256 characters. Take `RequestValue.requestId()` to spread
   * records evenly.
   */
  readonly partitionKey: RequestValue;

  /**
   * The record.
   *
   * @default RequestValue.body()
   */
  readonly data?: RequestValue;
}

export function kinesis(stream: IStream, options: HttpKinesisIntegrationOptions): BindHttpIntegration {
  return (context) => {
    const { encryptionKey: key } = stream;
    return serviceIntegration(context, options, {
      role: 'kinesis',
      subtype: 'Kinesis-PutRecord',
      region: stream.env.region,
      grants: [
        { actions: ['kinesis:PutRecord'], resources: [stream.streamArn] },
        ...(key ? [{ actions: ['kms:GenerateDataKey'], resources: [key.keyArn] }] : []),
      ],
      parameters: {
        StreamName: stream.streamName,
        PartitionKey: options.partitionKey,
        Data: options.data ?? RequestValue.body(),
      },
    });
  };
}
