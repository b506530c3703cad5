import { type IIntegrationContext } from '../gateway/integration-context';
import { type IntegrationContext } from '../gateway/route-binder';
import { type CfnIntegrationProps } from 'aws-cdk-lib/aws-apigatewayv2';
import { type IWebSocketIntegrationContext, type WebSocketIntegrationConfig } from './integration-config';
import { type WebSocketRouteKey } from './route-key';

/** The context as this library's own integrations see it. */
export type WebSocketIntegrationContext = IntegrationContext<WebSocketRouteKey> &
  Omit<IWebSocketIntegrationContext, keyof IIntegrationContext>;

/** How one kind of response from the back end is passed on, for integrations that are not a proxy. */
export interface BoundResponse {
  /** `$default`, or a regular expression over the back end's status code between slashes. */
  readonly key: string;
  /** Velocity templates; without one the response is passed on unchanged. */
  readonly templates?: Readonly<Record<string, string>>;
  readonly templateSelectionExpression?: string;
}

/** An integration as a route uses it. */
export interface WebSocketBoundIntegration {
  /** Integrations that several routes may share are named after their back end, all others after their route. */
  readonly sharedAs?: string;
  readonly properties: Omit<CfnIntegrationProps, 'apiId'>;
  /** Properties that have no name here yet. */
  readonly more?: Readonly<Record<string, unknown>>;
  readonly responses: readonly BoundResponse[];
  /** Why the back end may be called in plain text; acknowledges the finding. */
  readonly clearTextReason?: string;
  /** What the integration reads from a request to connect, which the route must declare: `route.request.header.X`. */
  readonly parameters?: readonly string[];
}

/** Creates the integration for one route. */
export type WebSocketBindIntegration = (context: WebSocketIntegrationContext) => WebSocketIntegrationConfig;

/** Selects the only template, or the one for everything else. */
export const DEFAULT_TEMPLATE = '$default';
/** The expression that gives it: a dollar sign of its own is escaped. */
export const DEFAULT_TEMPLATE_EXPRESSION = '\\$default';
