import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SSMClient } from '@aws-sdk/client-ssm';
import { requestTimeouts } from '../handlers/shared/request-timeouts';

/** The ordinary options of AWS tools. Credentials come from where the AWS CLI takes them. */
export interface AwsOptions {
  readonly profile?: string;
  readonly region?: string;
  readonly endpointUrl?: string;
}

/** The services that the commands talk to. */
export interface AwsClients {
  readonly gateway: Pick<APIGatewayClient, 'send'>;
  readonly parameters: Pick<SSMClient, 'send'>;
  readonly alarms: Pick<CloudWatchClient, 'send'>;
  readonly logs: Pick<CloudWatchLogsClient, 'send'>;
  readonly stacks: Pick<CloudFormationClient, 'send'>;
  readonly machines: Pick<SFNClient, 'send'>;
}

export function awsClients({ profile, region, endpointUrl }: AwsOptions): AwsClients {
  const config = {
    maxAttempts: 5,
    requestHandler: requestTimeouts(5_000, 30_000),
    ...(profile !== undefined && { profile }),
    ...(region !== undefined && { region }),
    ...(endpointUrl !== undefined && { endpoint: endpointUrl }),
  };
  return {
    gateway: new APIGatewayClient(config),
    parameters: new SSMClient(config),
    alarms: new CloudWatchClient(config),
    logs: new CloudWatchLogsClient(config),
    stacks: new CloudFormationClient(config),
    machines: new SFNClient(config),
  };
}
