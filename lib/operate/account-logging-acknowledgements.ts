import { type Acknowledgment } from 'aws-cdk-lib';
import { deploymentHandlerFindings, handlerLogFindings } from '../authoring/handler-acknowledgements';
import { inPacks } from '../authoring/nag-packs';

export const LOGGING_POLICY_FINDINGS: readonly Acknowledgment[] = inPacks(
  ['AwsSolutions'],
  'IAM5[Resource::*]',
  'The role serves all APIs of the account, including later ones: API Gateway creates their log groups itself. The actions are those of AmazonAPIGatewayPushToCloudWatchLogs.',
);

export const HANDLER_LOG_FINDINGS = handlerLogFindings('one line per deployment with the ARN of a role');
export const HANDLER_FINDINGS = deploymentHandlerFindings('the API Gateway control plane');
