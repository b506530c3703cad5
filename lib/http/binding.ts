import { type IIntegrationContext } from '../gateway/integration-context';
import { type IntegrationContext } from '../gateway/route-binder';
import { type HttpRouteKey } from '../gateway/http-route-key';
import { type Document } from '../document/skeleton';
import { type IHttpIntegrationContext, type HttpIntegrationConfig } from './integration-config';

/** The context as this library's own integrations see it. */
export type HttpIntegrationContext = IntegrationContext<HttpRouteKey> &
  Omit<IHttpIntegrationContext, keyof IIntegrationContext>;

/** An integration as a route writes it to the document. */
export interface BoundHttpIntegration {
  /** Its name in the document, unless another one has that name. */
  readonly name: string;
  /** The `x-amazon-apigateway-integration` object; frozen, since routes with an equal one share it. */
  readonly extension: Document;
  /** Why the back end may be called in plain text; acknowledges the finding. */
  readonly clearTextReason?: string;
}

/** Creates the integration for one route. */
export type BindHttpIntegration = (context: HttpIntegrationContext) => HttpIntegrationConfig;
