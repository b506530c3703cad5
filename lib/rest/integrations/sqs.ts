import { type IQueue } from 'aws-cdk-lib/aws-sqs';
import { sqsCall, type SqsMessageOptions } from '../../integrations/services/sqs';
import { type RestBindIntegration } from '../binding';
import { bindCall, type RestServiceIntegrationOptions } from './service';

/**
 * Options of an integration that puts a message into a queue.
 */
export interface RestSqsIntegrationOptions extends RestServiceIntegrationOptions, SqsMessageOptions {}

export function sqs(queue: IQueue, options: RestSqsIntegrationOptions): RestBindIntegration {
  return bindCall(options, (scope) => sqsCall(queue, options, scope));
}
