import { type CfnDeletionPolicy, type CfnResource, RemovalPolicy } from 'aws-cdk-lib';

/**
 * The default for retained resources: they stay when they leave the stack, but are deleted if the operation that created them is rolled back. A
 * resource that such an operation left behind under a fixed name would block every further attempt ("already exists").
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
 */
export const KEPT = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;

/**
 * Retains a resource that something outside the template still uses, whatever `RemovalPolicies`, an Aspect or a Mixin sets for all
 * resources: they set the policy of the construct, and an override is applied after it. A later override of the same attributes
 * wins: it names this resource.
 */
export function keepAlways(resource: CfnResource, policy: CfnDeletionPolicy): void {
  resource.addOverride('DeletionPolicy', policy);
  resource.addOverride('UpdateReplacePolicy', 'Retain');
}
