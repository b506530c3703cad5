import { Aws, type Duration, Token } from 'aws-cdk-lib';
import { type IFunction } from 'aws-cdk-lib/aws-lambda';
import { type LambdaCanary } from '../../release/lambda-canary';
import { IntegrationType } from '../../gateway/integration-context';
import { functionByStage } from '../../integrations/function-by-stage';
import { type FunctionTarget } from '../../integrations/function-place';
import { functionIdOf } from '../../integrations/lambda-permission';
import { type WebSocketBindIntegration, type WebSocketIntegrationContext } from '../binding';
import { type WebSocketIntegrationConfig } from '../integration-config';

/**
 * Options of a Lambda proxy integration.
 */
export interface WebSocketLambdaIntegrationOptions {
  /**
   * How long API Gateway waits for the function. 50 ms to 29 s.
   *
   * @default Duration.seconds(29)
   */
  readonly timeout?: Duration;
}

/**
 * Options of an integration with one function.
 *
 * @example
 * WebSocketIntegration.lambda(fn, { canary: LambdaCanary.linear(10, Duration.minutes(1)) });
 */
export interface WebSocketLambdaFunctionIntegrationOptions extends WebSocketLambdaIntegrationOptions {
  /**
   * How traffic shifts to a new version of the function: with an alias and CodeDeploy. Each message goes to one of the two
   * versions, even within one connection.
   *
   * @default - the given function
   */
  readonly canary?: LambdaCanary;
}

/**
 * Options of an integration with one function per stage.
 */
export interface WebSocketLambdaByStageIntegrationOptions extends WebSocketLambdaIntegrationOptions {
  /**
   * Name of the stage variable that holds the function of each stage. A-Z a-z 0-9 and _, up to 64 characters.
   *
   * @default - derived from the route, e.g. `lambda_sendMessage`
   */
  readonly variableName?: string;
}

export function lambdaProxy(
  fn: IFunction,
  options: WebSocketLambdaFunctionIntegrationOptions,
): WebSocketBindIntegration {
  return (context) => {
    const released = options.canary?._release(fn, context);
    const called = released?.alias ?? fn;
    const target = context.targetOf(fn, released?.arn ?? fn.functionArn);
    context.grantInvoke(called);
    const bound = proxy(target, options);
    return { ...bound, sharedAs: shareName(called, options.timeout?.toMilliseconds(), context) };
  };
}

export function lambdaProxyByStage(
  functions: Readonly<Record<string, IFunction>>,
  options: WebSocketLambdaByStageIntegrationOptions,
): WebSocketBindIntegration {
  return (context) => {
    const arn = functionByStage(functions, options, context);
    return proxy({ region: context.stack.region, arn }, options);
  };
}

function proxy(
  { region, arn }: FunctionTarget,
  options: WebSocketLambdaIntegrationOptions,
): WebSocketIntegrationConfig {
  return {
    type: IntegrationType.AWS_PROXY,
    method: 'POST',
    uri: `arn:${Aws.PARTITION}:apigateway:${region}:lambda:path/2015-03-31/functions/${arn}/invocations`,
    timeout: options.timeout,
  };
}

/** All routes of a function share one integration if it is the same. */
function shareName(
  fn: IFunction,
  timeout: number | undefined,
  { stack }: WebSocketIntegrationContext,
): string | undefined {
  if (timeout === undefined) return functionIdOf(stack, fn);
  return Token.isUnresolved(timeout) ? undefined : `${functionIdOf(stack, fn)}@${timeout}ms`;
}
