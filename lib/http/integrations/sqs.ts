import { type IQueue } from 'aws-cdk-lib/aws-sqs';
import { RequestValue } from '../../integrations/request-value';
import { placeOf } from '../../integrations/services/accounts';
import { keyGrants } from '../../integrations/services/key-grants';
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
   * Messages of one group come in order. Needed for a FIFO queue; on a standard queue it makes for fair shares, and must be a value
   * that every request has.
   *
   * @default - none
   */
  readonly messageGroupId?: RequestValue;

  /**
   * A second message with the same id is dropped for five minutes. FIFO queues only. A request without it is answered 400.
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
        `the queue "${queue.node.id}" is FIFO, and Amazon SQS rejects a message without group there; ` +
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
      region: placeOf(queue, queue.queueArn).region,
      grants: [
        { actions: ['sqs:SendMessage'], resources: [queue.queueArn] },
        ...keyGrants(key, ['kms:Decrypt', 'kms:GenerateDataKey'], queue, owner),
      ],
      parameters: {
        QueueUrl: queue.queueUrl,
        MessageBody: options.messageBody ?? RequestValue.body(),
        MessageGroupId: options.messageGroupId,
        MessageDeduplicationId: options.messageDeduplicationId,
      },
      optional: queue.fifo ? {} : { MessageGroupId: 'messageGroupId' },
    });
  };
}
