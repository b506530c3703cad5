import { Stack } from 'aws-cdk-lib';
import { type Construct } from 'constructs';

/** Where a construct stands in its stack, for names. */
export function pathInStack(scope: Construct): string {
  const stack = Stack.of(scope).node.path;
  return scope.node.path.slice(stack === '' ? 0 : stack.length + 1).replace(/[^A-Za-z0-9._/#-]+/g, '-');
}
