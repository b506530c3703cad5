import { Aws, Fn, Stack } from 'aws-cdk-lib';
import { type Construct } from 'constructs';

/** Path of a construct in its stack, for names: `Shop/Orders`. */
export function pathInStack(scope: Construct): string {
  const stack = Stack.of(scope).node.path;
  return scope.node.path.slice(stack === '' ? 0 : stack.length + 1).replace(/[^A-Za-z0-9._/#-]+/g, '-');
}

/** The start of the stack's own id: a retained resource must not conflict with a new stack of the same name. */
export function uniqueOfStack(): string {
  return Fn.select(0, Fn.split('-', Fn.select(2, Fn.split('/', Aws.STACK_ID))));
}
