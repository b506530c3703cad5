import { type IConfiguration } from 'aws-cdk-lib/aws-appconfig';
import { type IApplicationListener, type INetworkListener } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { type IEventBus } from 'aws-cdk-lib/aws-events';
import { type IStream } from 'aws-cdk-lib/aws-kinesis';
import { type IFunction } from 'aws-cdk-lib/aws-lambda';
import { type IService } from 'aws-cdk-lib/aws-servicediscovery';
import { type IQueue } from 'aws-cdk-lib/aws-sqs';
import { type IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { presetOf } from '../gateway/integration-preset';
import { type BindHttpIntegration } from './binding';
import { type HttpIntegrationConfig, type IHttpIntegrationContext } from './integration-config';
import { appConfig, type HttpAppConfigIntegrationOptions } from './integrations/app-config';
import { eventBridge, type HttpEventBridgeIntegrationOptions } from './integrations/event-bridge';
import { httpProxy, type HttpHttpIntegrationOptions } from './integrations/http';
import { type HttpKinesisIntegrationOptions, kinesis } from './integrations/kinesis';
import {
  type HttpLambdaByStageIntegrationOptions,
  type HttpLambdaFunctionIntegrationOptions,
  lambdaProxy,
  lambdaProxyByStage,
} from './integrations/lambda';
import {
  alb,
  cloudMap,
  type HttpCloudMapIntegrationOptions,
  type HttpPrivateIntegrationOptions,
  nlb,
} from './integrations/private';
import { type HttpSqsIntegrationOptions, sqs } from './integrations/sqs';
import {
  type HttpStepFunctionsIntegrationOptions,
  stepFunctionsStart,
  stepFunctionsStartSync,
} from './integrations/step-functions';

/**
 * What a route of an HTTP API calls.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations.html
 */
export abstract class HttpIntegration {
  /**
   * A Lambda function: it gets the whole request and creates the whole response.
   *
   * @param fn function, alias or version, of this stack or another, or imported; of the API's Region
   * @param options timeout, payload format, parameter mapping and canary
   */
  public static lambda(fn: IFunction, options: HttpLambdaFunctionIntegrationOptions = {}): HttpIntegration {
    return preset(lambdaProxy(fn, options));
  }

  /**
   * A Lambda function for each stage, through a stage variable. Each function may be called by its own stage only.
   *
   * @param functions key of the `stages` map → function, alias or version; every stage needs one
   * @param options timeout, payload format and name of the variable
   */
  public static lambdaByStage(
    functions: { [stage: string]: IFunction },
    options: HttpLambdaByStageIntegrationOptions = {},
  ): HttpIntegration {
    return preset(lambdaProxyByStage(functions, options));
  }

  /**
   * An HTTP endpoint.
   *
   * @param url absolute URL; `{name}` is replaced by the route's path variable, `${stageVariables.name}` a stage variable
   * @param options method, timeout and parameter mapping
   */
  public static http(url: string, options: HttpHttpIntegrationOptions = {}): HttpIntegration {
    return preset(httpProxy(url, options));
  }

  /**
   * The targets of a listener of an Application Load Balancer, through a VPC link V2 that the integrations of the stack share.
   * The load balancer needs no public address; it must be in the API's account and Region.
   *
   * @param listener of this stack or another, or imported
   * @param options host name of the certificate, path, VPC, timeout and parameter mapping
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
   */
  public static alb(listener: IApplicationListener, options: HttpPrivateIntegrationOptions = {}): HttpIntegration {
    return preset(alb(listener, options));
  }

  /**
   * The targets of a listener of a Network Load Balancer, through a VPC link V2 that the integrations of the stack share.
   *
   * A TCP listener passes TLS on to its targets; their certificate must then be for `host`.
   *
   * @param listener of this stack or another, or imported
   * @param options host name of the certificate, path, VPC, timeout and parameter mapping
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
   */
  public static nlb(listener: INetworkListener, options: HttpPrivateIntegrationOptions = {}): HttpIntegration {
    return preset(nlb(listener, options));
  }

  /**
   * The healthy instances of an AWS Cloud Map service, through a VPC link V2 that the integrations of the stack share. An
   * instance has an address and a port: services of Amazon ECS need SRV records.
   *
   * @param service of this stack or another, or imported
   * @param options VPC, host name of the certificate, port, path, timeout and parameter mapping
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
   */
  public static cloudMap(service: IService, options: HttpCloudMapIntegrationOptions = {}): HttpIntegration {
    return preset(cloudMap(service, options));
  }

  /**
   * A message to an Amazon SQS queue.
   *
   * @param queue standard or FIFO, with or without a customer managed key
   * @param options message and group
   */
  public static sqs(queue: IQueue, options: HttpSqsIntegrationOptions = {}): HttpIntegration {
    return preset(sqs(queue, options));
  }

  /**
   * An event on an Amazon EventBridge bus. The response is 200 even if the bus rejected it: check `FailedEntryCount`.
   *
   * @param bus the bus; `EventBus.fromEventBusName(this, id, 'default')` for the default one
   * @param options source, detail type and detail
   */
  public static eventBridge(bus: IEventBus, options: HttpEventBridgeIntegrationOptions): HttpIntegration {
    return preset(eventBridge(bus, options));
  }

  /**
   * A record on an Amazon Kinesis data stream, which the client sends in base64.
   *
   * @param stream with or without a customer managed key; of the API's account
   * @param options partition key and data
   */
  public static kinesis(stream: IStream, options: HttpKinesisIntegrationOptions): HttpIntegration {
    return preset(kinesis(stream, options));
  }

  /**
   * Starts an AWS Step Functions state machine without waiting for it.
   *
   * @param machine standard or express
   * @param options input and name
   */
  public static stepFunctionsStart(
    machine: IStateMachine,
    options: HttpStepFunctionsIntegrationOptions = {},
  ): HttpIntegration {
    return preset(stepFunctionsStart(machine, options));
  }

  /**
   * Runs an express AWS Step Functions state machine and waits for it. The response is 200 even if it failed: check `status`.
   *
   * @param machine express
   * @param options input and name
   */
  public static stepFunctionsStartSync(
    machine: IStateMachine,
    options: HttpStepFunctionsIntegrationOptions = {},
  ): HttpIntegration {
    return preset(stepFunctionsStartSync(machine, options));
  }

  /**
   * A configuration of AWS AppConfig.
   *
   * @param configuration hosted or sourced
   * @param options environment and client
   */
  public static appConfig(configuration: IConfiguration, options: HttpAppConfigIntegrationOptions): HttpIntegration {
    return preset(appConfig(configuration, options));
  }

  /** @internal */
  public readonly _apiKind = 'http';

  /**
   * The integration for one route. The gateway calls it once for each route, checks what it returns, and names the class in
   * errors.
   *
   * @param context the route, and what may be requested from the gateway
   * @see https://github.com/cdk-apigateway-constructs/cdk-apigateway-constructs/blob/main/docs/extending.md
   * @example
   *
   * class Status extends HttpIntegration {
   *   public bind(context: IHttpIntegrationContext): HttpIntegrationConfig {
   *     return { type: IntegrationType.HTTP_PROXY, uri: `https://status.example.com${context.path}` };
   *   }
   * }
   */
  public abstract bind(context: IHttpIntegrationContext): HttpIntegrationConfig;
}

const preset = (bind: BindHttpIntegration): HttpIntegration => presetOf(HttpIntegration, bind);
