import { type CfnDeletionPolicy, type CfnResource, RemovalPolicy } from 'aws-cdk-lib';

/**
 * What is kept by default: it stays when it leaves the stack, and goes where the operation that made it is rolled back. What
 * such an operation left behind under a fixed name would be in the way of every further attempt ("already exists").
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
 */
export const KEPT = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;

/**
 * Keeps what something outside of the template goes on using, whatever `RemovalPolicies`, an Aspect or a Mixin says of all
 * resources: they set the policy of the construct, and an override is laid over it last. An override of the same attributes
 * that comes later wins: it names this resource.
 */
export function keepAlways(resource: CfnResource, policy: CfnDeletionPolicy): void {
  resource.addOverride('DeletionPolicy', policy);
  resource.addOverride('UpdateReplacePolicy', 'Retain');
}
