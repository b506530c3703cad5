import { type IFunction } from 'aws-cdk-lib/aws-lambda';
import { type Construct } from 'constructs';
import { InvalidInputError } from '../authoring/errors';

/**
 * What API Gateway calls for an integration, and how.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-integration-types.html
 */
export enum IntegrationType {
  /** An action of an AWS service, or a Lambda function with templates. REST and WebSocket APIs. */
  AWS = 'AWS',
  /** A Lambda function, which gets the whole request; on HTTP APIs, with a `subtype`, an AWS service. */
  AWS_PROXY = 'AWS_PROXY',
  /** An HTTP endpoint with templates. REST and WebSocket APIs. */
  HTTP = 'HTTP',
  /** An HTTP endpoint, which gets the whole request. */
  HTTP_PROXY = 'HTTP_PROXY',
  /** API Gateway itself. REST and WebSocket APIs. */
  MOCK = 'MOCK',
}

/**
 * What the role of an API may do in a service.
 */
export interface ServicePermission {
  /**
   * Actions with their service, e.g. `['sns:Publish']`. Wildcards are not allowed.
   */
  readonly actions: string[];

  /**
   * ARNs that they apply to.
   */
  readonly resources: string[];
}

/**
 * What an integration knows about the route that it is bound to, and what it may request from the gateway. The gateway creates
 * it, and passes it to `bind`.
 */
export interface IIntegrationContext {
  /**
   * The gateway; `Stack.of(scope)` is its stack. `bind` is called for each route: create constructs here only once, under a
   * custom ID.
   */
  readonly scope: Construct;

  /**
   * Key of the route, e.g. `GET /orders/{id}` or `$connect`.
   */
  readonly routeKey: string;

  /**
   * The keys of the `stages` map.
   */
  readonly stages: string[];

  /**
   * Allows the route to invoke a function: from all stages, or from one. Returns the ARN of the role that API Gateway invokes it
   * with, for `credentials`; undefined if the function itself permits it.
   *
   * @param fn function, alias or version
   * @param stage key of the `stages` map; all by default
   */
  grantInvoke(fn: IFunction, stage?: string): string | undefined;

  /**
   * The `uri` of an integration with a function, which the route is permitted to invoke; a function that refers to the API is
   * resolved late. If `grantInvoke` returns a role, use it as `credentials`.
   *
   * @param fn function, alias or version
   */
  invocationUri(fn: IFunction): string;

  /**
   * Adds permissions to the role of the API for a service, and returns the role's ARN, for `credentials`.
   *
   * @param service name of the service, e.g. `sns`; an API has one role per service
   * @param permissions what the route needs
   */
  grantService(service: string, permissions: ServicePermission[]): string;

  /**
   * Sets a stage variable on one stage, e.g. to a separate back end, which the integration reads as `${stageVariables.name}`.
   *
   * @param stage key of the `stages` map
   * @param name A-Z a-z 0-9 and _, up to 64 characters
   * @param value up to 512 characters
   */
  setStageVariable(stage: string, name: string, value: string): void;

  /**
   * Declares that the route reads a stage variable, which every stage must then have. Variables in the config
   * (`${stageVariables.name}`) are found automatically.
   *
   * @param name of the variable
   */
  useStageVariable(name: string): void;
}

/**
 * The context as created by this library, for its own integrations.
 * @throws if other code created it
 */
export function ownContext<C extends IIntegrationContext>(given: IIntegrationContext, type: string): C {
  if (['owner', 'late', 'route', 'targetOf'].every((name) => name in given)) return given as C;
  throw new InvalidInputError(
    `${type}.bind`,
    'requires the context that the gateway created; pass on the one that your own bind() received',
  );
}
