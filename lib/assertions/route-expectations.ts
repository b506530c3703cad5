import { type Duration } from 'aws-cdk-lib';
import { type ThrottleOptions } from '../stages/throttle';

/**
 * What `ApiTemplate.hasRoute` expects of a route. It compares only the given options.
 *
 * @example
 * const expected: ApiRouteExpectations = { authorization: 'AWS_IAM', apiKeyRequired: true };
 */
export interface ApiRouteExpectations {
  /**
   * Authorization type, as in CloudFormation: `NONE`, `AWS_IAM`, `COGNITO_USER_POOLS`, `CUSTOM` (a Lambda authorizer) or `JWT`.
   *
   * @default - not compared
   */
  readonly authorization?: string;

  /**
   * Name of the authorizer, or its logical id if it has no name.
   *
   * @default - not compared
   */
  readonly authorizerName?: string;

  /**
   * The scopes of the route, in any order. An empty list expects that there are none.
   *
   * @default - not compared
   */
  readonly scopes?: string[];

  /**
   * Whether callers must send an API key.
   *
   * @default - not compared
   */
  readonly apiKeyRequired?: boolean;

  /**
   * Whether API Gateway validates the bodies of requests.
   *
   * @default - not compared
   */
  readonly validatesBody?: boolean;

  /**
   * Query parameters without which requests are refused, in any order.
   *
   * @default - not compared
   */
  readonly requiredQuery?: string[];

  /**
   * Headers without which requests are refused, in any order.
   *
   * @default - not compared
   */
  readonly requiredHeaders?: string[];

  /**
   * The throttle that applies to the route, whether it is its own or that of its stage.
   *
   * @default - not compared
   */
  readonly throttle?: ThrottleOptions;

  /**
   * Name of the stage that `throttle` is about.
   *
   * @default - every stage
   */
  readonly stage?: string;

  /**
   * The start of the integration, as `apigw routes` and `ApiTemplate.toText` show it: `mock`, `lambda List`, `http https://…`,
   * `aws sqs`. The name of a function is its logical id, which starts with the ids of its constructs.
   *
   * @default - not compared
   */
  readonly integration?: string;

  /**
   * Timeout of the integration.
   *
   * @default - not compared
   */
  readonly timeout?: Duration;
}
