import { Stack, Validations } from 'aws-cdk-lib';
import { CfnManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { type Construct } from 'constructs';
import { nagName } from '../authoring/nag-names';
import { AWS_SOLUTIONS, inPacks } from '../authoring/nag-packs';

/**
 * Records on policies why they allow all versions of a function: for exactly these resources, as cdk-nag names them.
 *
 * @param scope the parent of the policies
 * @param prefix the prefix of their ids
 */
export function acknowledgeEveryVersion(scope: Construct, prefix: string, reason: string): void {
  let isDone = false;
  scope.node.addValidation({
    validate: () => {
      if (isDone) return [];
      isDone = true;
      for (const policy of scope.node.children) {
        if (!(policy instanceof CfnManagedPolicy) || !policy.node.id.startsWith(prefix)) continue;
        const ids = resourcesOf(policy).map((name) => `IAM5[Resource::${name}]`);
        Validations.of(policy).acknowledge(...ids.flatMap((id) => inPacks([AWS_SOLUTIONS], id, reason)));
      }
      return [];
    },
  });
}

function resourcesOf(policy: CfnManagedPolicy): readonly string[] {
  const document: PolicyDocument = Stack.of(policy).resolve(policy.policyDocument);
  const names = document.Statement.flatMap(({ Resource }) => [Resource].flat()).map(nagName);
  return [...new Set(names)].filter((name) => name.endsWith(':*'));
}

interface PolicyDocument {
  readonly Statement: readonly { readonly Resource: unknown }[];
}
