import { type Acknowledgment } from 'aws-cdk-lib';
import { deploymentHandlerFindings, handlerLogFindings } from '../authoring/handler-acknowledgements';
import { AWS_SOLUTIONS, inPacks } from '../authoring/nag-packs';

export const HANDLER_LOG_FINDINGS = handlerLogFindings('one line per deployment');
export const HANDLER_FINDINGS = deploymentHandlerFindings('Amazon S3');

/** @param name what the function may write, as cdk-nag names it */
export const storedFindings = (name: string): readonly Acknowledgment[] =>
  inPacks(
    [AWS_SOLUTIONS],
    `IAM5[Resource::${name}]`,
    'The key is that of one asset, continued by a hash of what the deployment makes of it, which is not known before.',
  );
