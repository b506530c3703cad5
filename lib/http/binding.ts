import { type IIntegrationContext } from '../gateway/integration-context';
import { type IntegrationContext } from '../gateway/route-binder';
import { type HttpRouteKey } from '../gateway/http-route-key';
import { type Document } from '../document/skeleton';
import { type IHttpIntegrationContext, type HttpIntegrationConfig } from './integration-config';

/** The context as integrations of this library have it. */
export type HttpIntegrationContext = IntegrationContext<HttpRouteKey> &
  Omit<IHttpIntegrationContext, keyof IIntegrationContext>;

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
export type BindHttpIntegration = (context: HttpIntegrationContext) => HttpIntegrationConfig;
