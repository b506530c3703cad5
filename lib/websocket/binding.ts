import { type IIntegrationContext } from '../gateway/integration-context';
import { type IntegrationContext } from '../gateway/route-binder';
import { type CfnIntegrationProps } from 'aws-cdk-lib/aws-apigatewayv2';
import { type IWebSocketIntegrationContext, type WebSocketIntegrationConfig } from './integration-config';
import { type WebSocketRouteKey } from './route-key';

/** The context as integrations of this library have it. */
export type WebSocketIntegrationContext = IntegrationContext<WebSocketRouteKey> &
  Omit<IWebSocketIntegrationContext, keyof IIntegrationContext>;

/** How one kind of answer of the back-end is given on; of integrations that are no proxy. */
export interface BoundResponse {
  /** `$default`, or a regular expression over the back-end's status code between slashes. */
  readonly key: string;
  /** Velocity templates; none gives the answer as it is. */
  readonly templates?: Readonly<Record<string, string>>;
  readonly templateSelectionExpression?: string;
}

/** An integration as a route takes it. */
export interface WebSocketBoundIntegration {
  /** What several routes may share is named after its back-end; all others are named after their route. */
  readonly sharedAs?: string;
  readonly properties: Omit<CfnIntegrationProps, 'apiId'>;
  /** Properties that have no name here yet. */
  readonly more?: Readonly<Record<string, unknown>>;
  readonly responses: readonly BoundResponse[];
  /** Why the back end may be called in clear; the answer to the finding. */
  readonly clearTextReason?: string;
  /** What the integration reads of a request to connect, which the route must declare: `route.request.header.X`. */
  readonly parameters?: readonly string[];
}

/** Makes the integration for one route. */
export type WebSocketBindIntegration = (context: WebSocketIntegrationContext) => WebSocketIntegrationConfig;

/** Selects the one template that there is, or the one for what no other is for. */
export const DEFAULT_TEMPLATE = '$default';
/** The expression that gives it: a dollar sign of its own is escaped. */
export const DEFAULT_TEMPLATE_EXPRESSION = '\\$default';
