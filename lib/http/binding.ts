import { type IntegrationContext } from '../gateway/route-binder';
import { type HttpRouteKey } from '../gateway/http-route-key';
import { type Document } from '../document/skeleton';

/** What an integration gets to know of the route it is bound to, and what it may ask of the gateway. */
export type HttpIntegrationContext = IntegrationContext<HttpRouteKey>;

/** An integration as a route takes it into the document. */
export interface BoundHttpIntegration {
  /** What it is called in the document, unless another one is called so. */
  readonly name: string;
  /** The `x-amazon-apigateway-integration` object; frozen, since routes with an equal one share it. */
  readonly extension: Document;
  /** Why the back end may be called in clear; the answer to the finding. */
  readonly clearTextReason?: string;
}

/** Makes the integration for one route. */
export type BindHttpIntegration = (context: HttpIntegrationContext) => BoundHttpIntegration;
