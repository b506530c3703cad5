import { type IntegrationContext } from '../gateway/route-binder';
import { type CorsDefinition } from '../gateway/cors';
import { type RouteKey } from '../gateway/route-key';
import { type Document } from '../document/skeleton';
import { type TextOnly } from './content-handling';
import { type RestEndpointType } from './endpoint';
import { type RequestParameter } from './request';

/** What an integration gets to know of the route it is bound to, and what it may ask of the gateway. */
export interface RestIntegrationContext extends IntegrationContext<RouteKey> {
  readonly endpointType: RestEndpointType;
  readonly cors?: CorsDefinition;
}

/** An integration as a route takes it into the document. */
export interface RestBoundIntegration {
  /** The `x-amazon-apigateway-integration` object. */
  readonly extension: Document;
  /** Method responses of an integration that is no proxy: status code → headers. */
  readonly responses?: Readonly<Record<string, readonly string[]>>;
  /** Why the certificate of the back end need not come from a public authority; the answer to the finding. */
  readonly unverifiedReason?: string;
  /** Why the back end may be called in clear; the answer to the finding. */
  readonly clearTextReason?: string;
  /** What the binary types of the API must not make bytes of. */
  readonly textOnly?: readonly TextOnly[];
  /** What the integration reads of the request, which the method must declare. */
  readonly parameters?: readonly RequestParameter[];
}

/** Makes the integration for one route. */
export type RestBindIntegration = (context: RestIntegrationContext) => RestBoundIntegration;
