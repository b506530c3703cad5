import { type IFunction } from 'aws-cdk-lib/aws-lambda';
import { type BindIntegration, type BoundIntegration, type IntegrationContext } from './binding';
import { httpProxy, type RestHttpIntegrationOptions } from './integrations/http';
import {
  lambdaProxy,
  lambdaProxyByStage,
  type RestLambdaByStageIntegrationOptions,
  type RestLambdaIntegrationOptions,
} from './integrations/lambda';
import { mock, type RestMockIntegrationOptions } from './integrations/mock';

/**
 * What answers a route of a REST API.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-integration-types.html
 */
export class RestIntegration {
  /**
   * A Lambda function, with proxy integration: it gets the whole request and makes the whole response, CORS headers included.
   *
   * @param fn function, alias or version, of this stack, another one, or imported
   * @param options timeout and streaming
   */
  public static lambda(fn: IFunction, options: RestLambdaIntegrationOptions = {}): RestIntegration {
    return new RestIntegration(lambdaProxy(fn, options));
  }

  /**
   * A Lambda function for each stage, through a stage variable. Each is permitted for its own stage only.
   *
   * @param functions key of the `stages` map → function, alias or version; every stage needs one
   * @param options timeout, streaming and the variable's name
   */
  public static lambdaByStage(
    functions: { [stage: string]: IFunction },
    options: RestLambdaByStageIntegrationOptions = {},
  ): RestIntegration {
    return new RestIntegration(lambdaProxyByStage(functions, options));
  }

  /**
   * An HTTP endpoint, with proxy integration.
   *
   * @param url absolute URL; `{name}` takes the route's path variable, `${stageVariables.name}` a stage variable
   * @param options method, timeout and streaming
   */
  public static http(url: string, options: RestHttpIntegrationOptions = {}): RestIntegration {
    return new RestIntegration(httpProxy(url, options));
  }

  /**
   * An answer that API Gateway gives itself, for health checks and stubs.
   *
   * @param options status code and body
   */
  public static mock(options: RestMockIntegrationOptions = {}): RestIntegration {
    return new RestIntegration(mock(options));
  }

  private constructor(private readonly binder: BindIntegration) {}

  /** @internal */
  public _bind(context: IntegrationContext): BoundIntegration {
    return this.binder(context);
  }
}
