import type * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { type IFunction } from 'aws-cdk-lib/aws-lambda';
import { presetOf } from '../gateway/integration-preset';
import { type RestBindIntegration } from './binding';
import { type IRestIntegrationContext, type RestIntegrationConfig } from './integration-config';
import * as custom from './integrations/custom';
import { httpProxy, type RestHttpIntegrationOptions } from './integrations/http';
import * as lambda from './integrations/lambda';
import { mock, type RestMockIntegrationOptions } from './integrations/mock';
import * as vpc from './integrations/private';
import { type RestNlbLinkIntegrationOptions, type RestPrivateIntegrationOptions } from './integrations/private-options';
import * as aws from './integrations/services';

/**
 * What a route of a REST API calls.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-integration-types.html
 */
export abstract class RestIntegration {
  /**
   * A Lambda function, with proxy integration: it gets the whole request and creates the whole response, including CORS headers.
   * @param fn function, alias or version, of this stack or another, or imported; one of another Region is called with a role
   * @param options timeout, streaming and canary
   */
  public static lambda(fn: IFunction, options: lambda.RestLambdaFunctionIntegrationOptions = {}): RestIntegration {
    return preset(lambda.lambdaProxy(fn, options));
  }

  /**
   * A Lambda function for each stage, through a stage variable. Each function may be called by its own stage only.
   * @param functions key of the `stages` map → function, alias or version; every stage needs one
   * @param options timeout, streaming and name of the variable
   */
  public static lambdaByStage(
    functions: { [stage: string]: IFunction },
    options: lambda.RestLambdaByStageIntegrationOptions = {},
  ): RestIntegration {
    return preset(lambda.lambdaProxyByStage(functions, options));
  }

  /**
   * An HTTP endpoint, with proxy integration.
   * @param url absolute URL; `{name}` is replaced by the route's path variable, `${stageVariables.name}` a stage variable
   * @param options method, timeout and streaming
   */
  public static http(url: string, options: RestHttpIntegrationOptions = {}): RestIntegration {
    return preset(httpProxy(url, options));
  }

  /**
   * The targets of a listener of an Application Load Balancer, with proxy integration, through a VPC link V2 that the
   * integrations of the stack share. The load balancer needs no public address; it must be in the API's account and Region.
   * @param listener of this stack or another, or imported
   * @param options host name, port, path, VPC and timeout
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/private-integration.html
   */
  public static alb(listener: elb.IApplicationListener, options: RestPrivateIntegrationOptions = {}): RestIntegration {
    return preset(vpc.alb(listener, 'alb', options));
  }

  /**
   * The targets of an Application Load Balancer whose listener is not available, e.g. one from a lookup; see `alb`.
   * @param loadBalancer of this stack or another, or imported
   * @param options host name, port, path, VPC and timeout
   */
  public static albLoadBalancer(
    loadBalancer: elb.IApplicationLoadBalancer,
    options: RestPrivateIntegrationOptions = {},
  ): RestIntegration {
    return preset(vpc.alb(loadBalancer, 'albLoadBalancer', options));
  }

  /**
   * The targets of a listener of a Network Load Balancer, with proxy integration, through a VPC link V2; see `alb`. A TCP
   * listener passes TLS on to its targets; their certificate must then be for `host`.
   * @param listener of this stack or another, or imported
   * @param options host name, port, path, VPC and timeout
   */
  public static nlb(listener: elb.INetworkListener, options: RestPrivateIntegrationOptions = {}): RestIntegration {
    return preset(vpc.nlb(listener, 'nlb', options));
  }

  /**
   * The targets of a Network Load Balancer whose listener is not available, e.g. one from a lookup; see `nlb`.
   * @param loadBalancer of this stack or another, or imported
   * @param options host name, port, path, VPC and timeout
   */
  public static nlbLoadBalancer(
    loadBalancer: elb.INetworkLoadBalancer,
    options: RestPrivateIntegrationOptions = {},
  ): RestIntegration {
    return preset(vpc.nlb(loadBalancer, 'nlbLoadBalancer', options));
  }

  /**
   * The targets of a Network Load Balancer, through a VPC link V1, which AWS calls legacy: use `nlb` unless you have such a link.
   * @param loadBalancer of this stack or another, or imported
   * @param options host name, port, path and timeout
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/vpc-links-v1.html
   */
  public static nlbLink(
    loadBalancer: elb.INetworkLoadBalancer,
    options: RestNlbLinkIntegrationOptions = {},
  ): RestIntegration {
    return preset(vpc.nlbLink(loadBalancer, options));
  }

  /**
   * A response from API Gateway itself, for health checks and stubs; 415 if the `Content-Type` is not `application/json`.
   * @param options status code and body
   */
  public static mock(options: RestMockIntegrationOptions = {}): RestIntegration {
    return preset(mock(options));
  }

  /**
   * A message to an Amazon SQS queue; responds 202 with its `messageId`.
   * @param queue standard or FIFO, with or without a customer managed key
   * @param options message, attributes and group
   */
  public static sqs(queue: aws.IQueue, options: aws.RestSqsIntegrationOptions = {}): RestIntegration {
    return preset(aws.sqs(queue, options));
  }

  /**
   * A message to an Amazon SNS topic; responds 202 with its `messageId`.
   * @param topic standard or FIFO, with or without a customer managed key
   * @param options message, subject, attributes and group
   */
  public static sns(topic: aws.ITopic, options: aws.RestSnsIntegrationOptions = {}): RestIntegration {
    return preset(aws.sns(topic, options));
  }

  /**
   * An event on an Amazon EventBridge bus: 202 with its `eventId`, 400 if the detail is not a JSON object, 503 if throttled, or 502.
   * @param bus the bus; `EventBus.fromEventBusName(this, id, 'default')` for the default one
   * @param options source, detail type and detail
   */
  public static eventBridge(bus: aws.IEventBus, options: aws.RestEventBridgeIntegrationOptions): RestIntegration {
    return preset(aws.eventBridge(bus, options));
  }

  /**
   * A record on an Amazon Kinesis data stream; responds 202 with its `sequenceNumber`.
   * @param stream with or without a customer managed key
   * @param options partition key and data
   */
  public static kinesis(stream: aws.IStream, options: aws.RestKinesisIntegrationOptions): RestIntegration {
    return preset(aws.kinesis(stream, options));
  }

  /**
   * One item of an Amazon DynamoDB table; responds 404 if it does not exist.
   * @param table the table; its customer managed key is used if it has one
   * @param options primary key and attributes
   */
  public static dynamoDbGet(table: aws.ITable, options: aws.RestDynamoDbGetIntegrationOptions): RestIntegration {
    return preset(aws.dynamoDbGet(table, options));
  }

  /**
   * The items of one partition of an Amazon DynamoDB table or index: `{"items":[…],"count":1,"truncated":false}`.
   * @param table the table; its customer managed key is used if it has one
   * @param options key condition, index and attributes
   */
  public static dynamoDbQuery(table: aws.ITable, options: aws.RestDynamoDbQueryIntegrationOptions): RestIntegration {
    return preset(aws.dynamoDbQuery(table, options));
  }

  /**
   * The items of an Amazon DynamoDB table or index, up to `limit` or 1 MB: `{"items":[…],"count":1,"truncated":false}`.
   * @param table the table; its customer managed key is used if it has one
   * @param options filter, index, attributes and paging
   */
  public static dynamoDbScan(table: aws.ITable, options: aws.RestDynamoDbScanIntegrationOptions = {}): RestIntegration {
    return preset(aws.dynamoDbScan(table, options));
  }

  /**
   * Changes attributes of an item of an Amazon DynamoDB table; responds 204, 404 if there is none, or 409 if the condition is not met.
   * @param table the table; its customer managed key is used if it has one
   * @param options primary key and changes
   */
  public static dynamoDbUpdate(table: aws.ITable, options: aws.RestDynamoDbUpdateIntegrationOptions): RestIntegration {
    return preset(aws.dynamoDbUpdate(table, options));
  }

  /**
   * Writes an item of an Amazon DynamoDB table; responds 204, or 409 if the condition is not met.
   * @param table the table; its customer managed key is used if it has one
   * @param options item and condition
   */
  public static dynamoDbPut(table: aws.ITable, options: aws.RestDynamoDbPutIntegrationOptions): RestIntegration {
    return preset(aws.dynamoDbPut(table, options));
  }

  /**
   * Deletes an item of an Amazon DynamoDB table; responds 204, even if there was none, or 409 if the condition is not met.
   * @param table the table; its customer managed key is used if it has one
   * @param options primary key and condition
   */
  public static dynamoDbDelete(table: aws.ITable, options: aws.RestDynamoDbDeleteIntegrationOptions): RestIntegration {
    return preset(aws.dynamoDbDelete(table, options));
  }

  /**
   * An object of an Amazon S3 bucket, up to 10 MB; responds 404 if it does not exist. Bytes need the object's media type in
   * `binaryMediaTypes`, and an `Accept` header that names it.
   * @param bucket the bucket; its customer managed key is used if it has one
   * @param options key and prefix
   */
  public static s3Get(bucket: aws.IBucket, options: aws.RestS3IntegrationOptions): RestIntegration {
    return preset(aws.s3Get(bucket, options));
  }

  /**
   * Writes the request's body, up to 10 MB, as an object of a bucket. Bytes need their media type in `binaryMediaTypes`.
   * @param bucket the bucket; its customer managed key is used if it has one
   * @param options key and prefix
   */
  public static s3Put(bucket: aws.IBucket, options: aws.RestS3IntegrationOptions): RestIntegration {
    return preset(aws.s3Put(bucket, options));
  }

  /**
   * Starts an AWS Step Functions state machine without waiting for it; responds 202 with its `executionArn`.
   * @param machine standard or express
   * @param options input and name
   */
  public static stepFunctionsStart(
    machine: aws.IStateMachine,
    options: aws.RestStepFunctionsIntegrationOptions = {},
  ): RestIntegration {
    return preset(aws.stepFunctionsStart(machine, options));
  }

  /**
   * The state of an execution of a standard AWS Step Functions state machine: `{"status":"RUNNING"}`,
   * `{"status":"SUCCEEDED","output":{…}}`, `FAILED`, `TIMED_OUT` or `ABORTED`, without the reason; responds 404 if it does not exist.
   * @param machine standard
   * @param options name of the execution
   */
  public static stepFunctionsDescribe(
    machine: aws.IStateMachine,
    options: aws.RestStepFunctionsDescribeIntegrationOptions,
  ): RestIntegration {
    return preset(aws.stepFunctionsDescribe(machine, options));
  }

  /**
   * Runs an express AWS Step Functions state machine and responds with its output; 502 if it failed, 504 if it timed out.
   * @param machine express
   * @param options input and name
   */
  public static stepFunctionsStartSync(
    machine: aws.IStateMachine,
    options: aws.RestStepFunctionsIntegrationOptions = {},
  ): RestIntegration {
    return preset(aws.stepFunctionsStartSync(machine, options));
  }

  /**
   * Any action of any AWS service.
   * @param options service, action, and what the API may do
   */
  public static aws(options: aws.RestAwsIntegrationOptions): RestIntegration {
    return preset(aws.aws(options));
  }

  /**
   * A Lambda function, with custom templates and mappings; its `errorMessage` selects the response.
   * @param fn function, alias or version, of this stack or another, or imported; one of another Region is called with a role
   * @param options templates, mappings, responses and canary
   */
  public static lambdaCustom(fn: IFunction, options: custom.RestLambdaCustomIntegrationOptions): RestIntegration {
    return preset(custom.lambdaCustom(fn, options));
  }

  /**
   * An HTTP endpoint, with custom templates and mappings. Its status code selects the response.
   * @param url absolute URL; `{name}` is replaced by the route's path variable, `${stageVariables.name}` a stage variable
   * @param options method, templates, mappings and responses
   */
  public static httpCustom(url: string, options: custom.RestHttpCustomIntegrationOptions): RestIntegration {
    return preset(custom.httpCustom(url, options));
  }

  /** @internal */
  public readonly _apiKind = 'rest';

  /**
   * The integration for one route. The gateway calls it once for each route, checks what it returns, and names the class in
   * errors.
   * @param context the route, and what may be requested from the gateway
   * @see https://github.com/cdk-apigateway-constructs/cdk-apigateway-constructs/blob/main/docs/extending.md
   */
  public abstract bind(context: IRestIntegrationContext): RestIntegrationConfig;
}

const preset = (bind: RestBindIntegration): RestIntegration => presetOf(RestIntegration, bind);
