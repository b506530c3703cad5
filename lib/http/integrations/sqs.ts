import { type IQueue } from 'aws-cdk-lib/aws-sqs';
import { RequestValue } from '../../shared/request-value';
import { type BindHttpIntegration } from '../binding';
import { type HttpServiceIntegrationOptions, serviceIntegration } from './service';

/**
 * Options of an integration that puts a message into a queue.
 */
export interface HttpSqsIntegrationOptions extends HttpServiceIntegrationOptions {
  /**
   * The message. Amazon SQS takes 1 to 1,048,576 bytes.
   *
   * @default RequestValue.body()
   */
  readonly messageBody?: RequestValue;

  /**
   * Messages of one group come in order. Needed for a FIFO queue; on a standard queue it makes for fair shares.
   *
   * @default - none
   */
  readonly messageGroupId?: RequestValue;

  /**
   * A second message with the same id is dropped for five minutes. FIFO queues only.
   *
   * @default - as the queue's content-based deduplication says
   */
  readonly messageDeduplicationId?: RequestValue;
}

export function sqs(queue: IQueue, options: HttpSqsIntegrationOptions): BindHttpIntegration {
  return (context) => {
    const { owner } = context;
    if (queue.fifo && !options.messageGroupId) {
      throw owner.error(
        `the queue "${queue.node.id}" is FIFO, and Amazon SQS refuses a message without group there; ` +
          "say which messages keep their order, e.g. messageGroupId: RequestValue.bodyField('$.customer')",
      );
    }
    if (!queue.fifo && options.messageDeduplicationId) {
      throw owner.error(
        `messageDeduplicationId is for FIFO queues, and "${queue.node.id}" is a standard queue; leave it out`,
      );
    }
    const { encryptionMasterKey: key } = queue;
    return serviceIntegration(context, options, {
      role: 'sqs',
      subtype: 'SQS-SendMessage',
      region: queue.env.region,
      grants: [
        { actions: ['sqs:SendMessage'], resources: [queue.queueArn] },
        ...(key ? [{ actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [key.keyArn] }] : []),
      ],
      parameters: {
        QueueUrl: queue.queueUrl,
        MessageBody: options.messageBody ?? RequestValue.body(),
        MessageGroupId: options.messageGroupId,
        MessageDeduplicationId: options.messageDeduplicationId,
      },
    });
  };
}
