import { type ITopic } from 'aws-cdk-lib/aws-sns';
import { SERVICE_ERRORS } from '../../facts/service-errors';
import { type RestBindIntegration } from '../binding';
import { placeOf } from '../../integrations/services/accounts';
import { keyGrants } from '../../integrations/services/key-grants';
import { attributeFields, checkAttributeNames } from '../../integrations/services/message-attributes';
import { errorReplies, textOf } from './replies';
import { RequestValue } from '../../integrations/request-value';
import { type RestServiceIntegrationOptions, serviceIntegration } from './service';
import { formLiteral } from '../../integrations/velocity/template';
import { RestTemplate } from './velocity';

/**
 * Options of an integration that publishes to a topic.
 */
export interface RestSnsIntegrationOptions extends RestServiceIntegrationOptions {
  /**
   * The message. Amazon SNS accepts 1 to 262,144 bytes.
   *
   * @default RequestValue.body()
   */
  readonly message?: RequestValue;

  /**
   * Subject of the message, for email. Up to 100 ASCII characters; an empty one is omitted.
   *
   * @default - none
   */
  readonly subject?: RequestValue;

  /**
   * String attributes, which filter policies read: name → value. An attribute with an empty value is omitted.
   *
   * @default - none
   */
  readonly messageAttributes?: { [name: string]: RequestValue };

  /**
   * Messages of one group stay in order. Required for a FIFO topic.
   *
   * @default - none
   */
  readonly messageGroupId?: RequestValue;

  /**
   * A message with the same ID within five minutes is dropped. FIFO topics only.
   *
   * @default - the topic's content-based deduplication
   */
  readonly messageDeduplicationId?: RequestValue;
}

export function sns(topic: ITopic, options: RestSnsIntegrationOptions): RestBindIntegration {
  return (context) => {
    const { owner } = context;
    const { messageGroupId: group, messageDeduplicationId: deduplication, subject } = options;
    if (topic.fifo && !group) {
      throw owner.error(
        `the topic "${topic.node.id}" is FIFO, and Amazon SNS rejects a message without a group there; ` +
          "define which messages stay in order, e.g. messageGroupId: RequestValue.bodyField('$.customer')",
      );
    }
    if (topic.fifo && !topic.contentBasedDeduplication && !deduplication) {
      throw owner.error(
        `the FIFO topic "${topic.node.id}" has no content-based deduplication, so each message needs messageDeduplicationId, e.g. RequestValue.header('Idempotency-Key')`,
      );
    }
    if (!topic.fifo && deduplication) {
      throw owner.error(
        `messageDeduplicationId is for FIFO topics, but "${topic.node.id}" is a standard topic; remove it`,
      );
    }
    checkAttributeNames(Object.keys(options.messageAttributes ?? {}), owner);
    const template = new RestTemplate(context);
    const fields = ['Action=Publish', 'Version=2010-03-31', `TopicArn=${formLiteral(topic.topicArn)}`];
    fields.push(`Message=${template.form(options.message ?? RequestValue.body())}`);
    if (group) fields.push(`MessageGroupId=${template.form(group)}`);
    if (deduplication) fields.push(`MessageDeduplicationId=${template.form(deduplication)}`);
    let body = fields.join('&');
    if (subject) {
      const field = `&Subject=${template.form(subject)}`;
      body += subject._source.literal === undefined ? `#if(${template.variable(subject)} != "")${field}#end` : field;
    }
    body += attributeFields(template, 'MessageAttributes.entry', options.messageAttributes ?? {});
    const { masterKey: key } = topic;
    return serviceIntegration(context, options, {
      role: 'sns',
      target: 'sns:path//',
      region: placeOf(topic, topic.topicArn).region,
      grants: [
        { actions: ['sns:Publish'], resources: [topic.topicArn] },
        ...keyGrants(key, ['kms:Decrypt', 'kms:GenerateDataKey'], topic, owner),
      ],
      mappings: { 'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'" },
      parameters: template.parameters,
      template: template.render(body),
      replies: [{ pattern: '2\\d{2}', status: 202, template: ACCEPTED }, ...errorReplies(SERVICE_ERRORS.sns)],
    });
  };
}

const ACCEPTED = textOf('messageId', '$.PublishResponse.PublishResult.MessageId');
