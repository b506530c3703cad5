import { type IConstruct } from 'constructs';

const CONTEXT_KEY = 'cdk-apigateway-constructs:checks';

/** Whether the context turns the checks off; `--context` on the command line makes it a text. */
export function isOff(scope: IConstruct): boolean {
  return ['false', false].includes(scope.node.tryGetContext(CONTEXT_KEY) as string | boolean);
}
