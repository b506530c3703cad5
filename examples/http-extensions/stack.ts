import { Stack, type StackProps } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { type Construct } from 'constructs';
import { HttpGateway, HttpIntegration } from '../../lib';
import { ReceiveMessages } from './receive-messages';
import { StaffAuthorizer } from './staff-authorizer';

/** An integration and an authorizer that are written outside of the library. */
export class HttpExtensionsStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const jobs = new Queue(this, 'Jobs', { enforceSSL: true });

    new HttpGateway(this, 'Work', {
      description: 'Jobs for workers outside of AWS',
      defaultAuthorizer: new StaffAuthorizer(['jobs/take']),
      routes: {
        'POST /jobs': { integration: HttpIntegration.sqs(jobs), scopes: ['jobs/give'] },
        'GET /jobs': { integration: new ReceiveMessages(jobs, 10) },
      },
    });
  }
}
