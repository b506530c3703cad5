import { type IntegrationContext } from '../gateway/route-binder';
import { type CfnIntegrationProps } from 'aws-cdk-lib/aws-apigatewayv2';
import { type WebSocketRouteKey } from './route-key';

/** What an integration gets to know of the route it is bound to, and what it may ask of the gateway. */
export interface WebSocketIntegrationContext extends IntegrationContext<WebSocketRouteKey> {
  /** Whether what the integration answers is sent to the client. */
  readonly returnResponse: boolean;
}

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
  readonly responses: readonly BoundResponse[];
  /** Why the back end may be called in clear; the answer to the finding. */
  readonly clearTextReason?: string;
  /** What the integration reads of a request to connect, which the route must declare: `route.request.header.X`. */
  readonly parameters?: readonly string[];
}

/** Makes the integration for one route. */
export type WebSocketBindIntegration = (context: WebSocketIntegrationContext) => WebSocketBoundIntegration;

/** Selects the one template that there is, or the one for what no other is for. */
export const DEFAULT_TEMPLATE = '$default';
/** The expression that gives it: a dollar sign of its own is escaped. */
export const DEFAULT_TEMPLATE_EXPRESSION = '\\$default';
