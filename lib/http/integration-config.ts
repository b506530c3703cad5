import { type Duration } from 'aws-cdk-lib';
import { type IIntegrationContext, type IntegrationType } from '../gateway/integration-context';
import { type HttpPayloadFormatVersion } from './authorizer-options';

/**
 * What an integration of an HTTP API knows about the route that it is bound to, and what it may request from the gateway.
 */
export interface IHttpIntegrationContext extends IIntegrationContext {
  /**
   * Method of the route, e.g. `GET`; `ANY` for all methods, and for `$default`.
   */
  readonly httpMethod: string;

  /**
   * Path of the route, e.g. `/orders/{id}`; `$default` for the route of that name.
   */
  readonly path: string;

  /**
   * The path variables of the route, e.g. `id`.
   */
  readonly pathVariables: string[];
}

/**
 * An integration of an HTTP API for one route: what `HttpIntegration.bind` returns. Routes with equal ones share one integration.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations.html
 */
export interface HttpIntegrationConfig {
  /**
   * What API Gateway calls: HTTP_PROXY or AWS_PROXY.
   */
  readonly type: IntegrationType;

  /**
   * Action of an AWS service, with type AWS_PROXY, instead of `uri`, e.g. `SQS-ReceiveMessage`.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html
   * @default - none
   */
  readonly subtype?: string;

  /**
   * `context.invocationUri(fn)` of a function, an absolute URL, or through a VPC link the ARN of a listener or Cloud Map service.
   * `${stageVariables.name}` is replaced by a stage variable.
   *
   * @default - none: with `subtype` only
   */
  readonly uri?: string;

  /**
   * Method of the request to the back end. Not with `subtype`.
   *
   * @default - POST to a function, the method of the route to an HTTP endpoint
   */
  readonly method?: string;

  /**
   * ARN of the role that API Gateway assumes: what `context.grantService` returns. Required with `subtype`.
   *
   * @default - none
   */
  readonly credentials?: string;

  /**
   * ID of the VPC link V2 for the request. Type HTTP_PROXY.
   *
   * @default - none: over the internet
   */
  readonly connectionId?: string;

  /**
   * Name that the certificate of the back end must be for, with `connectionId`; without it, the call is in plain text.
   *
   * @default - none
   */
  readonly secureServerName?: string;

  /**
   * Why a back end behind a VPC link may be called in plain text, for reviewers; it acknowledges the finding ALL-INT14.
   *
   * @default - none
   */
  readonly clearText?: string;

  /**
   * The format of the events that a function gets, and of its responses.
   *
   * @default - 2.0 for functions, otherwise 1.0
   */
  readonly payloadFormatVersion?: HttpPayloadFormatVersion;

  /**
   * With `subtype`, the parameters of the action → value; else changes to the request: `append:header.X`,
   * `overwrite:querystring.x`, `overwrite:path`, `remove:header.X` … → value. Values are text, `$request.path.id`,
   * `$request.header.X`, `$context.x`, `$stageVariables.x`, or text with `${request.path.id}` in them.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
   * @default - none
   */
  readonly requestParameters?: { [parameter: string]: string };

  /**
   * Changes to the response: status code of the back end → `append:header.X`, `overwrite:statuscode` … → value.
   *
   * @default - none
   */
  readonly responseParameters?: { [statusCode: string]: { [parameter: string]: string } };

  /**
   * How long API Gateway waits for the back end. 50 ms to 30 s.
   *
   * @default Duration.seconds(30)
   */
  readonly timeout?: Duration;

  /**
   * Name of the integration in the document; a number is appended if the name is taken.
   *
   * @default 'integration'
   */
  readonly integrationName?: string;

  /**
   * Further members of the `x-amazon-apigateway-integration` object, for features that have no name here yet. They are not
   * checked.
   *
   * @default - none
   */
  // jsii has no other type for what may be anything.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- jsii has no other type for free-form JSON
  readonly extension?: { [member: string]: any };
}
