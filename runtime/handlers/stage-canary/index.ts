import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SSMClient } from '@aws-sdk/client-ssm';
import { customResource } from '../shared/custom-resource';
import { requestTimeouts } from '../shared/request-timeouts';
import { apply as applyHandler } from './apply';
import { plan as planHandler } from './plan';
import { step as stepHandler } from './steps';

/** Every write can be repeated, so the SDK may retry when it is throttled. */
const config = { maxAttempts: 6, requestHandler: requestTimeouts(5_000, 10_000) };
const clients = {
  gateway: new APIGatewayClient(config),
  parameters: new SSMClient(config),
  machines: new SFNClient(config),
  alarms: new CloudWatchClient(config),
  stacks: new CloudFormationClient(config),
};
const now = () => Date.now();

export const plan = customResource(planHandler(clients));
export const apply = customResource(applyHandler({ clients, now }));
export const step = stepHandler({ clients, now });
