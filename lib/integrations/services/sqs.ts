import { type IQueue } from 'aws-cdk-lib/aws-sqs';
import { SERVICE_ERRORS } from '../../facts/service-errors';
import { type Owner } from '../../authoring/errors';
import { RequestValue } from '../request-value';
import { placeOf } from './accounts';
import { type CallScope, type ServiceCall } from './call';
import { keyGrants } from './key-grants';
import { attributeFields, checkAttributeNames } from './message-attributes';
import { errorReplies, textOf } from './replies';

/**
 * A message that an integration puts into a queue.
 */
export interface SqsMessageOptions {
  /**
   * The message. Amazon SQS takes 1 to 1,048,576 bytes, after its escapes are undone.
   *
   * @default RequestValue.body()
   */
  readonly messageBody?: RequestValue;

  /**
   * String attributes of the message: name → value. One whose value is empty is left out, since Amazon SQS refuses it. 10 at most.
   *
   * @default - none
   */
  readonly messageAttributes?: { [name: string]: RequestValue };

  /**
   * Messages of one group come in order. Needed for a FIFO queue; on a standard queue it makes for fair shares. An empty value
   * is answered 400 by a FIFO queue.
   *
   * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues.html
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

/** @throws where the queue does not take such a message */
export function sqsCall(queue: IQueue, options: SqsMessageOptions, { owner, template, style }: CallScope): ServiceCall {
  check(queue, options, owner);
  const fields = ['Action=SendMessage', 'Version=2012-11-05'];
  fields.push(`MessageBody=${template.form(options.messageBody ?? RequestValue.body())}`);
  if (options.messageGroupId) fields.push(`MessageGroupId=${template.form(options.messageGroupId)}`);
  if (options.messageDeduplicationId)
    fields.push(`MessageDeduplicationId=${template.form(options.messageDeduplicationId)}`);
  const body = fields.join('&') + attributeFields(template, 'MessageAttribute', options.messageAttributes ?? {});
  const { encryptionMasterKey: key } = queue;
  const { account, region } = placeOf(queue, queue.queueArn);
  return {
    role: 'sqs',
    target: `sqs:path/${account}/${queue.queueName}`,
    region,
    grants: [
      { actions: ['sqs:SendMessage'], resources: [queue.queueArn] },
      ...keyGrants(key, ['kms:Decrypt', 'kms:GenerateDataKey'], queue, owner),
    ],
    mappings: { 'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'" },
    template: template.render(body),
    replies: [{ pattern: '2\\d{2}', status: 202, template: ACCEPTED }, ...errorReplies(style, SERVICE_ERRORS.sqs)],
  };
}

const ACCEPTED = textOf('messageId', '$.SendMessageResponse.SendMessageResult.MessageId');

function check(queue: IQueue, options: SqsMessageOptions, owner: Owner): void {
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
  const names = Object.keys(options.messageAttributes ?? {});
  if (names.length > 10) throw owner.error(`a message has 10 attributes at most, got: ${names.length}`);
  checkAttributeNames(names, owner);
}
