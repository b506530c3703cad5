import { Stack } from 'aws-cdk-lib';
import { type Construct } from 'constructs';

/** `arn:…:execute-api:region:account:api`: prefix of the ARNs of an API's stages and routes. */
export function apiArn(scope: Construct, apiId: string): string {
  const { partition, region, account } = Stack.of(scope);
  return `arn:${partition}:execute-api:${region}:${account}:${apiId}`;
}
