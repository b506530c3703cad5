import { type IQueue } from 'aws-cdk-lib/aws-sqs';
import { HttpIntegration, type HttpIntegrationConfig, type IHttpIntegrationContext, IntegrationType } from '../../lib';

/** The next messages of a queue: an action of Amazon SQS that the library has no word for. */
export class ReceiveMessages extends HttpIntegration {
  constructor(
    private readonly queue: IQueue,
    private readonly count = 1,
  ) {
    super();
  }

  public bind(context: IHttpIntegrationContext): HttpIntegrationConfig {
    const { queueArn, queueUrl } = this.queue;
    return {
      type: IntegrationType.AWS_PROXY,
      subtype: 'SQS-ReceiveMessage',
      integrationName: 'receive-messages',
      credentials: context.grantService('sqs', [{ actions: ['sqs:ReceiveMessage'], resources: [queueArn] }]),
      requestParameters: { QueueUrl: queueUrl, MaxNumberOfMessages: String(this.count) },
    };
  }
}
