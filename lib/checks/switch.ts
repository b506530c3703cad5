import { type IConstruct } from 'constructs';

const CONTEXT_KEY = 'cdk-apigateway-constructs:checks';

/** Whether the context turns the checks off; `--context` on the command line makes a text of it. */
export function isOff(scope: IConstruct): boolean {
  return ['false', false].includes(scope.node.tryGetContext(CONTEXT_KEY) as string | boolean);
}
