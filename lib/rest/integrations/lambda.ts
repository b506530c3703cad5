import { Aws, type Duration } from 'aws-cdk-lib';
import { type IFunction } from 'aws-cdk-lib/aws-lambda';
import { type LambdaCanary } from '../../release/lambda-canary';
import { IntegrationType } from '../../gateway/integration-context';
import { functionByStage } from '../../integrations/function-by-stage';
import { type FunctionTarget } from '../../integrations/function-place';
import { type RestBindIntegration } from '../binding';
import { type RestIntegrationConfig } from '../integration-config';

/**
 * Options of a Lambda proxy integration.
 */
export interface RestLambdaIntegrationOptions {
  /**
   * How long API Gateway waits for the function. 50 ms to 29 s; longer on a Regional API whose quota was raised, and up to 15
   * minutes for a streamed response.
   *
   * @default Duration.seconds(29)
   */
  readonly timeout?: Duration;

  /**
   * Sends the response to the client while the function writes it. The function must be written with
   * `awslambda.streamifyResponse`; cache, compression and templates do not apply.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html
   * @default false
   */
  readonly streamResponse?: boolean;
}

/**
 * Options of an integration with one function.
 *
 * @example
 * RestIntegration.lambda(fn, { canary: LambdaCanary.linear(10, Duration.minutes(1)) });
 */
export interface RestLambdaFunctionIntegrationOptions extends RestLambdaIntegrationOptions {
  /**
   * How traffic shifts to a new version of the function: with an alias and CodeDeploy. Not on an API with a `StageCanary`.
   *
   * @default - the given function
   */
  readonly canary?: LambdaCanary;
}

/**
 * Options of an integration with one function per stage.
 */
export interface RestLambdaByStageIntegrationOptions extends RestLambdaIntegrationOptions {
  /**
   * Name of the stage variable that holds the function of each stage. A-Z a-z 0-9 and _, up to 64 characters.
   *
   * @default - derived from the route, e.g. `lambda_GET_orders_id`
   */
  readonly variableName?: string;
}

export function lambdaProxy(fn: IFunction, options: RestLambdaFunctionIntegrationOptions): RestBindIntegration {
  // The routes of one function and gateway share one integration object, which is rendered once.
  const made = new Map<object, Map<string, RestIntegrationConfig>>();
  return (context) => {
    const released = options.canary?._release(fn, context);
    const credentials = context.grantInvoke(released?.alias ?? fn);
    const key = `${context.endpointType} ${credentials}`;
    const inGateway = made.get(context.late) ?? new Map<string, RestIntegrationConfig>();
    const known = inGateway.get(key);
    if (known) return known;
    const target = context.targetOf(fn, released?.arn ?? fn.functionArn);
    const bound = proxy(target, options, credentials);
    made.set(context.late, inGateway.set(key, bound));
    return bound;
  };
}

export function lambdaProxyByStage(
  functions: Readonly<Record<string, IFunction>>,
  options: RestLambdaByStageIntegrationOptions,
): RestBindIntegration {
  return (context) => {
    const arn = functionByStage(functions, options, context);
    return proxy({ region: context.stack.region, arn }, options);
  };
}

function proxy(
  { region, arn }: FunctionTarget,
  options: RestLambdaIntegrationOptions,
  credentials?: string,
): RestIntegrationConfig {
  const streamed = options.streamResponse ?? false;
  const path = streamed ? 'path/2021-11-15' : 'path/2015-03-31';
  const action = streamed ? 'response-streaming-invocations' : 'invocations';
  // Frozen: the result is known for all of its routes.
  return Object.freeze({
    type: IntegrationType.AWS_PROXY,
    method: 'POST',
    credentials,
    uri: `arn:${Aws.PARTITION}:apigateway:${region}:lambda:${path}/functions/${arn}/${action}`,
    timeout: options.timeout,
    streamResponse: streamed,
  });
}
