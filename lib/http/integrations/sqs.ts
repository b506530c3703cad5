import { type IQueue } from 'aws-cdk-lib/aws-sqs';
import { RequestValue } from '../../integrations/request-value';
import { sendMessageAccess } from '../../integrations/services/sqs';
import { type BindHttpIntegration } from '../binding';
import { type HttpServiceIntegrationOptions, serviceIntegration } from './service';

/**
 * Options of an integration that puts a message into a queue.
 */
export interface HttpSqsIntegrationOptions extends HttpServiceIntegrationOptions {
  /**
   * The message. Amazon SQS accepts 1 to 1,048,576 bytes.
   *
   * @default RequestValue.body()
   */
  readonly messageBody?: RequestValue;

  /**
   * Messages of one group stay in order. Required for a FIFO queue; on a standard queue it enables fair queues, and must be a
   * value that every request has.
   *
   * @default - none
   */
  readonly messageGroupId?: RequestValue;

  /**
   * A message with the same ID within five minutes is dropped. FIFO queues only. A request without it gets a 400 response.
   *
   * @default - the queue's content-based deduplication
   */
  readonly messageDeduplicationId?: RequestValue;
}

export function sqs(queue: IQueue, options: HttpSqsIntegrationOptions): BindHttpIntegration {
  return (context) =>
    serviceIntegration(context, options, {
      ...sendMessageAccess(queue, options, context.owner),
      subtype: 'SQS-SendMessage',
      parameters: {
        QueueUrl: queue.queueUrl,
        MessageBody: options.messageBody ?? RequestValue.body(),
        MessageGroupId: options.messageGroupId,
        MessageDeduplicationId: options.messageDeduplicationId,
      },
      optional: queue.fifo ? {} : { MessageGroupId: 'messageGroupId' },
    });
}
