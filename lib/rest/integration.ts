import { type ITable } from 'aws-cdk-lib/aws-dynamodb';
import type * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { type IEventBus } from 'aws-cdk-lib/aws-events';
import { type IStream } from 'aws-cdk-lib/aws-kinesis';
import { type IFunction } from 'aws-cdk-lib/aws-lambda';
import { type IBucket } from 'aws-cdk-lib/aws-s3';
import { type ITopic } from 'aws-cdk-lib/aws-sns';
import { type IQueue } from 'aws-cdk-lib/aws-sqs';
import { type IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { type RestBindIntegration, type RestBoundIntegration, type RestIntegrationContext } from './binding';
import * as custom from './integrations/custom';
import { httpProxy, type RestHttpIntegrationOptions } from './integrations/http';
import * as lambdas from './integrations/lambda';
import { mock, type RestMockIntegrationOptions } from './integrations/mock';
import * as vpc from './integrations/private';
import { type RestNlbLinkIntegrationOptions, type RestPrivateIntegrationOptions } from './integrations/private-options';
import * as services from './integrations/services';

/**
 * What answers a route of a REST API.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-integration-types.html
 */
export class RestIntegration {
  /**
   * A Lambda function, with proxy integration: it gets the whole request and makes the whole response, CORS headers included.
   *
   * @param fn function, alias or version, of this stack, another one, or imported; one of another Region is called with a role
   * @param options timeout, streaming and canary
   */
  public static lambda(fn: IFunction, options: lambdas.RestLambdaFunctionIntegrationOptions = {}): RestIntegration {
    return new RestIntegration(lambdas.lambdaProxy(fn, options));
  }

  /**
   * A Lambda function for each stage, through a stage variable. Each is permitted for its own stage only.
   *
   * @param functions key of the `stages` map → function, alias or version; every stage needs one
   * @param options timeout, streaming and the variable's name
   */
  public static lambdaByStage(
    functions: { [stage: string]: IFunction },
    options: lambdas.RestLambdaByStageIntegrationOptions = {},
  ): RestIntegration {
    return new RestIntegration(lambdas.lambdaProxyByStage(functions, options));
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
   * What is behind a listener of an Application Load Balancer, with proxy integration, through a VPC link V2 that the integrations
   * of the stack share. The load balancer needs no public address; it is of the API's account and region.
   *
   * @param listener of this stack, another one, or imported
   * @param options host name, port, path, VPC and timeout
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/private-integration.html
   */
  public static alb(listener: elb.IApplicationListener, options: RestPrivateIntegrationOptions = {}): RestIntegration {
    return new RestIntegration(vpc.alb(listener, 'alb', options));
  }

  /**
   * What is behind an Application Load Balancer whose listener is not at hand, e.g. one from a lookup; see `alb`.
   *
   * @param loadBalancer of this stack, another one, or imported
   * @param options host name, port, path, VPC and timeout
   */
  public static albLoadBalancer(
    loadBalancer: elb.IApplicationLoadBalancer,
    options: RestPrivateIntegrationOptions = {},
  ): RestIntegration {
    return new RestIntegration(vpc.alb(loadBalancer, 'albLoadBalancer', options));
  }

  /**
   * What is behind a listener of a Network Load Balancer, with proxy integration, through a VPC link V2; see `alb`.
   *
   * A TCP listener hands TLS on to its targets: their certificate is the one for `host` then.
   *
   * @param listener of this stack, another one, or imported
   * @param options host name, port, path, VPC and timeout
   */
  public static nlb(listener: elb.INetworkListener, options: RestPrivateIntegrationOptions = {}): RestIntegration {
    return new RestIntegration(vpc.nlb(listener, 'nlb', options));
  }

  /**
   * What is behind a Network Load Balancer whose listener is not at hand, e.g. one from a lookup; see `nlb`.
   *
   * @param loadBalancer of this stack, another one, or imported
   * @param options host name, port, path, VPC and timeout
   */
  public static nlbLoadBalancer(
    loadBalancer: elb.INetworkLoadBalancer,
    options: RestPrivateIntegrationOptions = {},
  ): RestIntegration {
    return new RestIntegration(vpc.nlb(loadBalancer, 'nlbLoadBalancer', options));
  }

  /**
   * What is behind a Network Load Balancer, with proxy integration, through a VPC link V1. AWS calls these links legacy: use
   * `nlb`, but where a link V1 is there already.
   *
   * @param loadBalancer of this stack, another one, or imported
   * @param options host name, port, path and timeout
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/vpc-links-v1.html
   */
  public static nlbLink(
    loadBalancer: elb.INetworkLoadBalancer,
    options: RestNlbLinkIntegrationOptions = {},
  ): RestIntegration {
    return new RestIntegration(vpc.nlbLink(loadBalancer, options));
  }

  /**
   * An answer that API Gateway gives itself, for health checks and stubs. A request whose `Content-Type` is not `application/json`
   * is answered 415.
   *
   * @param options status code and body
   */
  public static mock(options: RestMockIntegrationOptions = {}): RestIntegration {
    return new RestIntegration(mock(options));
  }

  /**
   * A message into an Amazon SQS queue; answered 202 with its `messageId`.
   *
   * @param queue standard or FIFO, with or without a key of its own
   * @param options message, attributes and group
   */
  public static sqs(queue: IQueue, options: services.RestSqsIntegrationOptions = {}): RestIntegration {
    return new RestIntegration(services.sqs(queue, options));
  }

  /**
   * A message to an Amazon SNS topic; answered 202 with its `messageId`.
   *
   * @param topic standard or FIFO, with or without a key of its own
   * @param options message, subject, attributes and group
   */
  public static sns(topic: ITopic, options: services.RestSnsIntegrationOptions = {}): RestIntegration {
    return new RestIntegration(services.sns(topic, options));
  }

  /**
   * An event on an Amazon EventBridge bus; answered 202 with its `eventId`, 400 where the detail is no JSON object, 503 where the
   * bus is too busy, and 502 where it has not taken the event.
   *
   * @param bus the bus; `EventBus.fromEventBusName(this, id, 'default')` for the default one
   * @param options source, detail type and detail
   */
  public static eventBridge(bus: IEventBus, options: services.RestEventBridgeIntegrationOptions): RestIntegration {
    return new RestIntegration(services.eventBridge(bus, options));
  }

  /**
   * A record on an Amazon Kinesis data stream; answered 202 with its `sequenceNumber`.
   *
   * @param stream with or without a key of its own
   * @param options partition key and data
   */
  public static kinesis(stream: IStream, options: services.RestKinesisIntegrationOptions): RestIntegration {
    return new RestIntegration(services.kinesis(stream, options));
  }

  /**
   * One item of an Amazon DynamoDB table; answered 404 where there is none.
   *
   * @param table the table; its own key is used where it has one
   * @param options primary key and attributes
   */
  public static dynamoDbGet(table: ITable, options: services.RestDynamoDbGetIntegrationOptions): RestIntegration {
    return new RestIntegration(services.dynamoDbGet(table, options));
  }

  /**
   * The items of one partition of an Amazon DynamoDB table or index: `{"items":[…],"count":1,"truncated":false}`.
   *
   * @param table the table; its own key is used where it has one
   * @param options key condition, index and attributes
   */
  public static dynamoDbQuery(table: ITable, options: services.RestDynamoDbQueryIntegrationOptions): RestIntegration {
    return new RestIntegration(services.dynamoDbQuery(table, options));
  }

  /**
   * Writes an item of an Amazon DynamoDB table; answered 204, and 409 where the condition does not hold.
   *
   * @param table the table; its own key is used where it has one
   * @param options item and condition
   */
  public static dynamoDbPut(table: ITable, options: services.RestDynamoDbPutIntegrationOptions): RestIntegration {
    return new RestIntegration(services.dynamoDbPut(table, options));
  }

  /**
   * Deletes an item of an Amazon DynamoDB table; answered 204 also where there was none, 409 where the condition does not hold.
   *
   * @param table the table; its own key is used where it has one
   * @param options primary key and condition
   */
  public static dynamoDbDelete(table: ITable, options: services.RestDynamoDbDeleteIntegrationOptions): RestIntegration {
    return new RestIntegration(services.dynamoDbDelete(table, options));
  }

  /**
   * An object of an Amazon S3 bucket, up to 10 MB; answered 404 where there is none. Bytes need the object's media type in
   * `binaryMediaTypes`, and an `Accept` header that names it.
   *
   * @param bucket the bucket; its own key is used where it has one
   * @param options key and prefix
   */
  public static s3Get(bucket: IBucket, options: services.RestS3IntegrationOptions): RestIntegration {
    return new RestIntegration(services.s3Get(bucket, options));
  }

  /**
   * Writes the request's body, up to 10 MB, as an object of an Amazon S3 bucket. Bytes need their media type in `binaryMediaTypes`.
   *
   * @param bucket the bucket; its own key is used where it has one
   * @param options key and prefix
   */
  public static s3Put(bucket: IBucket, options: services.RestS3IntegrationOptions): RestIntegration {
    return new RestIntegration(services.s3Put(bucket, options));
  }

  /**
   * Starts an AWS Step Functions state machine, and does not wait for it; answered 202 with its `executionArn`.
   *
   * @param machine standard or express
   * @param options input and name
   */
  public static stepFunctionsStart(
    machine: IStateMachine,
    options: services.RestStepFunctionsIntegrationOptions = {},
  ): RestIntegration {
    return new RestIntegration(services.stepFunctionsStart(machine, options));
  }

  /**
   * Runs an express AWS Step Functions state machine, answered with its output; 502 where it failed, 504 where it timed out.
   *
   * @param machine express
   * @param options input and name
   */
  public static stepFunctionsStartSync(
    machine: IStateMachine,
    options: services.RestStepFunctionsIntegrationOptions = {},
  ): RestIntegration {
    return new RestIntegration(services.stepFunctionsStartSync(machine, options));
  }

  /**
   * Any action of any AWS service.
   *
   * @param options service, action, and what the API may do
   */
  public static aws(options: services.RestAwsIntegrationOptions): RestIntegration {
    return new RestIntegration(services.aws(options));
  }

  /**
   * A Lambda function, with templates and mappings of your own. It gets what the template makes; its `errorMessage` selects the
   * response.
   *
   * @param fn function, alias or version, of this stack, another one, or imported; one of another Region is called with a role
   * @param options templates, mappings, responses and canary
   */
  public static lambdaCustom(fn: IFunction, options: custom.RestLambdaCustomIntegrationOptions): RestIntegration {
    return new RestIntegration(custom.lambdaCustom(fn, options));
  }

  /**
   * An HTTP endpoint, with templates and mappings of your own. Its status code selects the response.
   *
   * @param url absolute URL; `{name}` takes the route's path variable, `${stageVariables.name}` a stage variable
   * @param options method, templates, mappings and responses
   */
  public static httpCustom(url: string, options: custom.RestHttpCustomIntegrationOptions): RestIntegration {
    return new RestIntegration(custom.httpCustom(url, options));
  }

  private constructor(private readonly binder: RestBindIntegration) {}

  /** @internal */
  public readonly _apiKind = 'rest';

  /** @internal */
  public _bind(context: RestIntegrationContext): RestBoundIntegration {
    return this.binder(context);
  }
}
