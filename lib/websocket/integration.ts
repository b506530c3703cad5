import { type ITable } from 'aws-cdk-lib/aws-dynamodb';
import { type INetworkLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { type IFunction } from 'aws-cdk-lib/aws-lambda';
import { type IQueue } from 'aws-cdk-lib/aws-sqs';
import { type IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { presetOf } from '../gateway/integration-preset';
import { type WebSocketBindIntegration } from './binding';
import { type IWebSocketIntegrationContext, type WebSocketIntegrationConfig } from './integration-config';
import {
  lambdaProxy,
  lambdaProxyByStage,
  type WebSocketLambdaByStageIntegrationOptions,
  type WebSocketLambdaFunctionIntegrationOptions,
} from './integrations/lambda';
import { aws, type WebSocketAwsIntegrationOptions } from './integrations/aws';
import { httpProxy, type WebSocketHttpIntegrationOptions } from './integrations/http';
import { nlbLink, type WebSocketNlbLinkIntegrationOptions } from './integrations/nlb-link';
import { mock, type WebSocketMockIntegrationOptions } from './integrations/mock';
import * as services from './integrations/services';

/**
 * What a route of a WebSocket API calls for its messages, and for clients that connect or disconnect.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integrations.html
 */
export abstract class WebSocketIntegration {
  /**
   * A Lambda function, with proxy integration: it gets the whole event. On `$connect`, a status code other than 2XX rejects the
   * client.
   *
   * @param fn function, alias or version, of this stack or another, or imported; of the API's Region
   * @param options timeout and canary
   */
  public static lambda(fn: IFunction, options: WebSocketLambdaFunctionIntegrationOptions = {}): WebSocketIntegration {
    return preset(lambdaProxy(fn, options));
  }

  /**
   * A Lambda function for each stage, through a stage variable. Each function may be called by its own stage only.
   *
   * @param functions key of the `stages` map → function, alias or version; every stage needs one
   * @param options timeout and name of the variable
   */
  public static lambdaByStage(
    functions: { [stage: string]: IFunction },
    options: WebSocketLambdaByStageIntegrationOptions = {},
  ): WebSocketIntegration {
    return preset(lambdaProxyByStage(functions, options));
  }

  /**
   * A response from API Gateway itself: for `$connect` if the authorizer is all that is needed, for heartbeats and stubs.
   *
   * @param options the response, for a route with `returnResponse`
   */
  public static mock(options: WebSocketMockIntegrationOptions = {}): WebSocketIntegration {
    return preset(mock(options));
  }

  /**
   * An HTTP endpoint, with proxy integration: it gets the message, and the ID of the connection in the header `connectionId`.
   *
   * @param url absolute URL; `${stageVariables.name}` is replaced by a stage variable, `{name}` by `requestParameters`
   * @param options method, parameters and timeout
   */
  public static http(url: string, options: WebSocketHttpIntegrationOptions = {}): WebSocketIntegration {
    return preset(httpProxy(url, options));
  }

  /**
   * An HTTP service in a VPC, through a VPC link V1 to its Network Load Balancer: WebSocket APIs do not support VPC links V2, so
   * they reach no other load balancer. The request is that of `http`.
   *
   * @see https://docs.aws.amazon.com/whitepapers/latest/best-practices-api-gateway-private-apis-integration/websocket-api.html
   * @param loadBalancer Network Load Balancer of the account and Region of the API, which must not apply its security groups to
   * PrivateLink
   * @param options host, protocol, port, path, parameters and link
   */
  public static nlbLink(
    loadBalancer: INetworkLoadBalancer,
    options: WebSocketNlbLinkIntegrationOptions = {},
  ): WebSocketIntegration {
    return preset(nlbLink(loadBalancer, options));
  }

  /**
   * A message to an Amazon SQS queue; a route with `returnResponse` returns its `messageId`.
   *
   * @param queue standard or FIFO, with or without a customer managed key
   * @param options message, attributes and group
   */
  public static sqs(queue: IQueue, options: services.WebSocketSqsIntegrationOptions = {}): WebSocketIntegration {
    return preset(services.sqs(queue, options));
  }

  /**
   * One item of an Amazon DynamoDB table, for a route with `returnResponse`.
   *
   * @param table the table; its customer managed key is used if it has one
   * @param options primary key and attributes
   */
  public static dynamoDbGet(
    table: ITable,
    options: services.WebSocketDynamoDbGetIntegrationOptions,
  ): WebSocketIntegration {
    return preset(services.dynamoDbGet(table, options));
  }

  /**
   * The items of one partition of an Amazon DynamoDB table or index, for a route with `returnResponse`:
   * `{"items":[…],"count":1,"truncated":false}`.
   *
   * @param table the table; its customer managed key is used if it has one
   * @param options key condition, index and attributes
   */
  public static dynamoDbQuery(
    table: ITable,
    options: services.WebSocketDynamoDbQueryIntegrationOptions,
  ): WebSocketIntegration {
    return preset(services.dynamoDbQuery(table, options));
  }

  /**
   * The items of an Amazon DynamoDB table or index, for a route with `returnResponse`: `{"items":[…],"count":1,"truncated":false}`.
   *
   * @param table the table; its customer managed key is used if it has one
   * @param options filter, index, attributes and paging
   */
  public static dynamoDbScan(
    table: ITable,
    options: services.WebSocketDynamoDbScanIntegrationOptions = {},
  ): WebSocketIntegration {
    return preset(services.dynamoDbScan(table, options));
  }

  /**
   * Changes attributes of an item of an Amazon DynamoDB table. A client whose item does not exist gets `{"message":"Not found"}` on a
   * route with `returnResponse`, and is rejected on `$connect`.
   *
   * @param table the table; its customer managed key is used if it has one
   * @param options primary key and changes
   */
  public static dynamoDbUpdate(
    table: ITable,
    options: services.WebSocketDynamoDbUpdateIntegrationOptions,
  ): WebSocketIntegration {
    return preset(services.dynamoDbUpdate(table, options));
  }

  /**
   * Writes an item of an Amazon DynamoDB table. On `$connect`, a client whose item is not written is rejected.
   *
   * @param table the table; its customer managed key is used if it has one
   * @param options item and condition
   */
  public static dynamoDbPut(
    table: ITable,
    options: services.WebSocketDynamoDbPutIntegrationOptions,
  ): WebSocketIntegration {
    return preset(services.dynamoDbPut(table, options));
  }

  /**
   * Deletes an item of an Amazon DynamoDB table, e.g. for a client that disconnected.
   *
   * @param table the table; its customer managed key is used if it has one
   * @param options primary key and condition
   */
  public static dynamoDbDelete(
    table: ITable,
    options: services.WebSocketDynamoDbDeleteIntegrationOptions,
  ): WebSocketIntegration {
    return preset(services.dynamoDbDelete(table, options));
  }

  /**
   * Starts an AWS Step Functions state machine without waiting for it; a route with `returnResponse` returns its `executionArn`.
   *
   * @param machine standard or express
   * @param options input and name
   */
  public static stepFunctionsStart(
    machine: IStateMachine,
    options: services.WebSocketStepFunctionsIntegrationOptions = {},
  ): WebSocketIntegration {
    return preset(services.stepFunctionsStart(machine, options));
  }

  /**
   * Any action of any AWS service.
   *
   * @param options service, action, and what the API may do
   */
  public static aws(options: WebSocketAwsIntegrationOptions): WebSocketIntegration {
    return preset(aws(options));
  }

  /** The integration that a pattern adds to a route. @internal */
  public static _of(bind: WebSocketBindIntegration): WebSocketIntegration {
    return preset(bind);
  }

  /** @internal */
  public readonly _apiKind = 'websocket';

  /**
   * The integration for one route. The gateway calls it once for each route, checks what it returns, and names the class in
   * errors.
   *
   * @param context the route, and what may be requested from the gateway
   * @see https://github.com/cdk-apigateway-constructs/cdk-apigateway-constructs/blob/main/docs/extending.md
   * @example
   *
   * class Echo extends WebSocketIntegration {
   *   public bind(): WebSocketIntegrationConfig {
   *     return { type: IntegrationType.HTTP_PROXY, uri: 'https://echo.example.com/' };
   *   }
   * }
   */
  public abstract bind(context: IWebSocketIntegrationContext): WebSocketIntegrationConfig;
}

const preset = (bind: WebSocketBindIntegration): WebSocketIntegration => presetOf(WebSocketIntegration, bind);
