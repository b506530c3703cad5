import { type Duration } from 'aws-cdk-lib';
import { type IIntegrationContext, type IntegrationType } from '../gateway/integration-context';
import { type HttpPayloadFormatVersion } from './authorizer-options';

/**
 * What an integration of an HTTP API gets to know of the route that it is bound to, and what it may ask of the gateway.
 */
export interface IHttpIntegrationContext extends IIntegrationContext {
  /**
   * Method of the route, e.g. `GET`; `ANY` for all of them, and for `$default`.
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
   * Whom API Gateway calls: HTTP_PROXY or AWS_PROXY.
   */
  readonly type: IntegrationType;

  /**
   * Action of an AWS service, with type AWS_PROXY, in place of `uri`, e.g. `SQS-ReceiveMessage`.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html
   * @default - none
   */
  readonly subtype?: string;

  /**
   * `context.invocationUri(fn)` of a function, an absolute URL, or through a VPC link the ARN of a listener or Cloud Map service.
   * `${stageVariables.name}` takes a stage variable.
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
   * ARN of the role that API Gateway takes on: what `context.grantService` returns. Needed with `subtype`.
   *
   * @default - none
   */
  readonly credentials?: string;

  /**
   * Id of the VPC link V2 that the request goes through. Type HTTP_PROXY.
   *
   * @default - none: over the internet
   */
  readonly connectionId?: string;

  /**
   * Name that the certificate of the back end must be for, with `connectionId`; without, it is called in clear.
   *
   * @default - none
   */
  readonly secureServerName?: string;

  /**
   * Why a back end behind a VPC link may be called in clear, for those who review it: the answer to the finding ALL-INT14.
   *
   * @default - none
   */
  readonly clearText?: string;

  /**
   * The form of the events that a function gets, and of its answers.
   *
   * @default - 2.0 for functions, else 1.0
   */
  readonly payloadFormatVersion?: HttpPayloadFormatVersion;

  /**
   * With `subtype`, the parameters of the action → value; else changes to the request: `append:header.X`, `overwrite:querystring.x`,
   * `overwrite:path`, `remove:header.X` … → value. Values are texts, `$request.path.id`, `$request.header.X`, `$context.x`,
   * `$stageVariables.x`, or texts with `${request.path.id}` in them.
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
   * What the integration is called in the document; a number follows where the name is taken.
   *
   * @default 'integration'
   */
  readonly integrationName?: string;

  /**
   * Further members of the `x-amazon-apigateway-integration` object, for what has no name here yet. They are not checked.
   *
   * @default - none
   */
  // jsii has no other type for what may be anything.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- jsii has no other type for free-form JSON
  readonly extension?: { [member: string]: any };
}
