import { Aws, type Duration } from 'aws-cdk-lib';
import { type IRole } from 'aws-cdk-lib/aws-iam';
import { type IFunction } from 'aws-cdk-lib/aws-lambda';
import { type LambdaCanary } from '../../release/lambda-canary';
import { IntegrationType } from '../../gateway/integration-context';
import { functionByStage } from '../../integrations/function-by-stage';
import { type FunctionTarget } from '../../integrations/function-place';
import { HttpPayloadFormatVersion } from '../authorizer-options';
import { type BindHttpIntegration, type HttpIntegrationContext } from '../binding';
import { type HttpIntegrationConfig } from '../integration-config';
import { type HttpParameterMappingOptions, parameterMapping } from './parameter-mapping';

/**
 * Options of a Lambda integration.
 */
export interface HttpLambdaIntegrationOptions extends HttpParameterMappingOptions {
  /**
   * How long API Gateway waits for the function. 50 ms to 30 s.
   *
   * @default Duration.seconds(30)
   */
  readonly timeout?: Duration;

  /**
   * The format of the events that the function gets, and of its responses.
   *
   * @default HttpPayloadFormatVersion.V2_0
   */
  readonly payloadFormatVersion?: HttpPayloadFormatVersion;

  /**
   * A role that API Gateway assumes to invoke the function, e.g. if its resource policy is full. It must trust
   * `apigateway.amazonaws.com`, and gets the permission to invoke.
   *
   * @default - the resource policy of the function permits it
   */
  readonly credentialsRole?: IRole;
}

/**
 * Options of an integration with one function.
 *
 * @example
 * HttpIntegration.lambda(fn, { canary: LambdaCanary.linear(10, Duration.minutes(1)) });
 */
export interface HttpLambdaFunctionIntegrationOptions extends HttpLambdaIntegrationOptions {
  /**
   * How traffic shifts to a new version of the function: with an alias and CodeDeploy.
   *
   * @default - the given function
   */
  readonly canary?: LambdaCanary;
}

/**
 * Options of an integration with one function per stage.
 */
export interface HttpLambdaByStageIntegrationOptions extends HttpParameterMappingOptions {
  /**
   * How long API Gateway waits for the function. 50 ms to 30 s.
   *
   * @default Duration.seconds(30)
   */
  readonly timeout?: Duration;

  /**
   * The format of the events that the functions get, and of their responses.
   *
   * @default HttpPayloadFormatVersion.V2_0
   */
  readonly payloadFormatVersion?: HttpPayloadFormatVersion;

  /**
   * Name of the stage variable that holds the function of each stage. A-Z a-z 0-9 and _, up to 64 characters.
   *
   * @default - derived from the route, e.g. `lambda_GET_orders_id`
   */
  readonly variableName?: string;
}

export function lambdaProxy(fn: IFunction, options: HttpLambdaFunctionIntegrationOptions): BindHttpIntegration {
  // The routes of one function and gateway share one integration object, which is rendered once.
  const made = new Map<object, HttpIntegrationConfig>();
  const sameForAll = !options.requestParameters && !options.responseParameters;
  return (context) => {
    const { credentialsRole, canary } = options;
    const released = canary?._release(fn, context);
    const called = released?.alias ?? fn;
    const target = context.targetOf(fn, released?.arn ?? fn.functionArn);
    if (!credentialsRole) context.grantInvoke(called);
    const known = sameForAll ? made.get(context.late) : undefined;
    if (known) return known;
    if (credentialsRole) called.grantInvoke(credentialsRole);
    const bound = proxy(fn.node.id, target, options, context);
    made.set(context.late, bound);
    return bound;
  };
}

export function lambdaProxyByStage(
  functions: Readonly<Record<string, IFunction>>,
  options: HttpLambdaByStageIntegrationOptions,
): BindHttpIntegration {
  return (context) => {
    const arn = functionByStage(functions, options, context);
    return proxy('by-stage', { region: context.stack.region, arn }, options, context);
  };
}

function proxy(
  name: string,
  { region, arn }: FunctionTarget,
  options: HttpLambdaIntegrationOptions,
  context: HttpIntegrationContext,
): HttpIntegrationConfig {
  // Frozen: the result is known for all of its routes.
  return Object.freeze({
    integrationName: name,
    type: IntegrationType.AWS_PROXY,
    method: 'POST',
    uri: `arn:${Aws.PARTITION}:apigateway:${region}:lambda:path/2015-03-31/functions/${arn}/invocations`,
    payloadFormatVersion: options.payloadFormatVersion ?? HttpPayloadFormatVersion.V2_0,
    credentials: options.credentialsRole?.roleArn,
    timeout: options.timeout,
    ...parameterMapping(options, context),
  });
}
