import { type Stack } from 'aws-cdk-lib';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';

/** One way to define the same API. */
export interface Variant {
  /** Defines one route for each path, `GET`, each with a Lambda function behind it. */
  build(stack: Stack, paths: readonly string[]): void;
}

/** The functions of every variant but `empty`: the same ten, whatever the number of routes. */
export function functionsOf(stack: Stack): LambdaFunction[] {
  return Array.from(
    { length: 10 },
    (_, index) =>
      new LambdaFunction(stack, `Function${index}`, {
        runtime: Runtime.NODEJS_22_X,
        handler: 'index.handler',
        code: Code.fromInline('exports.handler = async () => ({ statusCode: 204 });'),
      }),
  );
}

/** `/r0/{id}`, `/r1/{id}` and so on. */
export function pathsOf(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `/r${index}/{id}`);
}
