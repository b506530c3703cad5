import { type IStream } from 'aws-cdk-lib/aws-kinesis';
import { SERVICE_ERRORS } from '../../facts/service-errors';
import { type RestBindIntegration } from '../binding';
import { putRecordAccess } from '../../integrations/services/kinesis';
import { errorReplies, textOf } from './replies';
import { RequestValue } from '../../integrations/request-value';
import { type RestServiceIntegrationOptions, serviceIntegration } from './service';
import { jsonLiteral } from '../../integrations/velocity/template';
import { RestTemplate } from './velocity';

/**
 * Options of an integration that puts a record on a data stream.
 */
export interface RestKinesisIntegrationOptions extends RestServiceIntegrationOptions {
  /**
   * Determines the shard; records with the same key stay in order. 1 to 256 characters: an empty one gets a 400 response. Use
   * `RequestValue.requestId()` to spread records evenly.
   */
  readonly partitionKey: RequestValue;

  /**
   * The record. Up to 10 MiB, including its key.
   *
   * @default RequestValue.body()
   */
  readonly data?: RequestValue;
}

export function kinesis(stream: IStream, options: RestKinesisIntegrationOptions): RestBindIntegration {
  return (context) => {
    const template = new RestTemplate(context);
    const body = [
      `"StreamARN":"${jsonLiteral(stream.streamArn)}"`,
      `"PartitionKey":${template.json(options.partitionKey)}`,
      `"Data":${template.base64(options.data ?? RequestValue.body())}`,
    ];
    return serviceIntegration(context, options, {
      ...putRecordAccess(stream, context.owner),
      target: 'kinesis:action/PutRecord',
      mappings: { 'integration.request.header.Content-Type': "'application/x-amz-json-1.1'" },
      parameters: template.parameters,
      template: template.render(`{${body.join(',')}}`),
      replies: [{ pattern: '2\\d{2}', status: 202, template: ACCEPTED }, ...errorReplies(SERVICE_ERRORS.kinesis)],
    });
  };
}

const ACCEPTED = textOf('sequenceNumber', '$.SequenceNumber');
