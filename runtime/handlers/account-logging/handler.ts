import { type CustomResourceEvent, type CustomResourceHandler } from '../shared/custom-resource';
import { type AccountEnvironment, setCloudWatchRole } from './account';

/** Sets the CloudWatch role of the API Gateway account if none is set; never removes it. */
export function accountLogging(env: AccountEnvironment): CustomResourceHandler {
  return async (event, deadline) => {
    // Other stacks log with the role as well, so that deleting one stack must not touch it.
    if (event.RequestType === 'Delete') return {};
    const wanted = roleArnOf(event.ResourceProperties);
    if (wanted === undefined) {
      const given = JSON.stringify(event.ResourceProperties.CloudWatchRoleArn);
      throw new Error(
        `CloudWatchRoleArn must be the ARN of an IAM role, e.g. "arn:aws:iam::123456789012:role/name", not ${given}.`,
      );
    }
    const { cloudWatchRoleArn, status } = await setCloudWatchRole(env, wanted, replaceableOf(event), deadline);
    return { data: { CloudWatchRoleArn: cloudWatchRoleArn, Status: status } };
  };
}

/** An update may replace the role that this resource itself has set before. */
function replaceableOf(event: CustomResourceEvent): string | undefined {
  return event.RequestType === 'Update' ? roleArnOf(event.OldResourceProperties ?? {}) : undefined;
}

function roleArnOf(properties: Readonly<Record<string, unknown>>): string | undefined {
  const arn = properties.CloudWatchRoleArn;
  return typeof arn === 'string' && /^arn:[^:]+:iam::\d{12}:role\/.+$/.test(arn) ? arn : undefined;
}
