import { Aws, type Duration, Token } from 'aws-cdk-lib';
import { type IFunction } from 'aws-cdk-lib/aws-lambda';
import { STAGE_VARIABLE_NAME } from '../../facts/names';
import { suggest } from '../../template/nearest';
import { type BindIntegration, type BoundIntegration, type IntegrationContext } from '../binding';
import { integrationTimeout } from './timeout';

/**
 * Options of a Lambda proxy integration.
 */
export interface RestLambdaIntegrationOptions {
  /**
   * How long API Gateway waits for the function. 50 ms to 29 s; more on a Regional API whose quota was raised, and up to
   * 15 minutes for a streamed response.
   *
   * @default Duration.seconds(29)
   */
  readonly timeout?: Duration;

  /**
   * Sends the response to the client as the function writes it. The function must be written with
   * `awslambda.streamifyResponse`; cache, compression and templates do not apply.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html
   * @default false
   */
  readonly streamResponse?: boolean;
}

/**
 * Options of an integration with one function per stage.
 */
export interface RestLambdaByStageIntegrationOptions extends RestLambdaIntegrationOptions {
  /**
   * Name of the stage variable that holds the function of each stage. A-Z a-z 0-9 and _, up to 64 characters.
   *
   * @default - made of the route, e.g. `lambda_GET_orders_id`
   */
  readonly variableName?: string;
}

export function lambdaProxy(fn: IFunction, options: RestLambdaIntegrationOptions): BindIntegration {
  // The routes of one function share one integration object, which is rendered once.
  const made = new Map<string, BoundIntegration>();
  return (context) => {
    context.grantInvoke(fn);
    const key = `${context.stack.node.path} ${context.endpointType}`;
    const known = made.get(key) ?? proxy(fn.functionArn, options, context);
    made.set(key, known);
    return known;
  };
}

export function lambdaProxyByStage(
  functions: Readonly<Record<string, IFunction>>,
  options: RestLambdaByStageIntegrationOptions,
): BindIntegration {
  return (context) => {
    const { stack, stages, owner } = context;
    for (const stage of Object.keys(functions)) {
      if (!stages.includes(stage)) {
        throw owner.error(
          `lambdaByStage names the stage "${stage}", which the gateway does not have.${suggest(stage, stages)}`,
        );
      }
    }
    const missing = stages.filter((stage) => !functions[stage]);
    if (missing.length > 0) {
      throw owner.error(
        `lambdaByStage has no function for the stage ${missing.map((s) => `"${s}"`).join(', ')}; every stage needs one`,
      );
    }
    const name = options.variableName ?? variableName(context);
    if (!STAGE_VARIABLE_NAME.test(name)) {
      throw owner.error(`variableName "${name}" must be A-Z a-z 0-9 and _, up to 64 characters`);
    }
    for (const stage of stages) {
      const fn = functions[stage];
      const account = fn.env.account;
      if (![account, stack.account].some(Token.isUnresolved) && account !== stack.account) {
        throw owner.error(
          `the function of stage "${stage}" is in account ${account}; a stage variable reaches functions of the API's own account (${stack.account}) only`,
        );
      }
      context.setStageVariable(stage, name, fn.functionName);
      context.grantInvoke(fn, stage);
    }
    const arn = `arn:${Aws.PARTITION}:lambda:${stack.region}:${stack.account}:function:\${stageVariables.${name}}`;
    return proxy(arn, options, context);
  };
}

function proxy(functionArn: string, options: RestLambdaIntegrationOptions, context: IntegrationContext) {
  const streamed = options.streamResponse ?? false;
  const path = streamed ? 'path/2021-11-15' : 'path/2015-03-31';
  const action = streamed ? 'response-streaming-invocations' : 'invocations';
  return {
    extension: Object.freeze({
      type: 'aws_proxy',
      httpMethod: 'POST',
      uri: `arn:${Aws.PARTITION}:apigateway:${context.stack.region}:lambda:${path}/functions/${functionArn}/${action}`,
      timeoutInMillis: integrationTimeout(options.timeout, streamed, context),
      responseTransferMode: streamed ? 'STREAM' : undefined,
    }),
  };
}

/** `lambda_GET_orders_id` for `GET /orders/{id}`. */
function variableName(context: IntegrationContext): string {
  return `lambda_${context.route.key}`
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/_$/, '')
    .slice(0, 64);
}
