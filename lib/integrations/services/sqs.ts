import { type IQueue } from 'aws-cdk-lib/aws-sqs';
import { SERVICE_ERRORS } from '../../facts/service-errors';
import { type Owner } from '../../authoring/errors';
import { RequestValue } from '../request-value';
import { placeOf } from './accounts';
import { type CallScope, type ServiceAccess, type ServiceCall } from './call';
import { keyGrants } from './key-grants';
import { attributeFields, checkAttributeNames } from './message-attributes';
import { errorReplies, textOf } from './replies';

/**
 * A message that an integration sends to a queue.
 */
export interface SqsMessageOptions {
  /**
   * The message. Amazon SQS accepts 1 to 1,048,576 bytes, after its escapes are decoded.
   *
   * @default RequestValue.body()
   */
  readonly messageBody?: RequestValue;

  /**
   * String attributes of the message: name → value. One with an empty value is omitted, since Amazon SQS rejects it. 10 at most.
   *
   * @default - none
   */
  readonly messageAttributes?: { [name: string]: RequestValue };

  /**
   * Messages of one group arrive in order. Required for a FIFO queue; on a standard queue it enables fair queues. A FIFO queue
   * responds to an empty value with 400.
   *
   * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues.html
   * @default - none
   */
  readonly messageGroupId?: RequestValue;

  /**
   * For five minutes, further messages with the same id are dropped. FIFO queues only.
   *
   * @default - determined by the queue's content-based deduplication
   */
  readonly messageDeduplicationId?: RequestValue;
}

/** @throws if the queue does not accept such a message */
export function sqsCall(queue: IQueue, options: SqsMessageOptions, { owner, template, style }: CallScope): ServiceCall {
  checkMessage(options, owner);
  const fields = ['Action=SendMessage', 'Version=2012-11-05'];
  fields.push(`MessageBody=${template.form(options.messageBody ?? RequestValue.body())}`);
  if (options.messageGroupId) fields.push(`MessageGroupId=${template.form(options.messageGroupId)}`);
  if (options.messageDeduplicationId)
    fields.push(`MessageDeduplicationId=${template.form(options.messageDeduplicationId)}`);
  const body = fields.join('&') + attributeFields(template, 'MessageAttribute', options.messageAttributes ?? {});
  return {
    ...sendMessageAccess(queue, options, owner),
    target: `sqs:path/${placeOf(queue, queue.queueArn).account}/${queue.queueName}`,
    mappings: { 'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'" },
    template: template.render(body),
    replies: [{ pattern: '2\\d{2}', status: 202, template: ACCEPTED }, ...errorReplies(style, SERVICE_ERRORS.sqs)],
  };
}

const ACCEPTED = textOf('messageId', '$.SendMessageResponse.SendMessageResult.MessageId');

/** @throws if the queue does not accept a message with such a group and id */
export function sendMessageAccess(
  queue: IQueue,
  options: Pick<SqsMessageOptions, 'messageGroupId' | 'messageDeduplicationId'>,
  owner: Owner,
): ServiceAccess {
  if (queue.fifo && !options.messageGroupId) {
    throw owner.error(
      `the queue "${queue.node.id}" is FIFO, and Amazon SQS rejects a message without a group there; ` +
        "define which messages stay in order, e.g. messageGroupId: RequestValue.bodyField('$.customer')",
    );
  }
  if (!queue.fifo && options.messageDeduplicationId) {
    throw owner.error(
      `messageDeduplicationId is for FIFO queues, and "${queue.node.id}" is a standard queue; leave it out`,
    );
  }
  const { queueArn: arn, encryptionMasterKey: key } = queue;
  return {
    role: 'sqs',
    region: placeOf(queue, arn).region,
    grants: [
      { actions: ['sqs:SendMessage'], resources: [arn] },
      ...keyGrants(key, ['kms:Decrypt', 'kms:GenerateDataKey'], queue, owner),
    ],
  };
}

function checkMessage(options: SqsMessageOptions, owner: Owner): void {
  const names = Object.keys(options.messageAttributes ?? {});
  if (names.length > 10) throw owner.error(`a message has 10 attributes at most, got: ${names.length}`);
  checkAttributeNames(names, owner);
}
