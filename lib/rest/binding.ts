import { type IIntegrationContext } from '../gateway/integration-context';
import { type IntegrationContext } from '../gateway/route-binder';
import { type CorsDefinition } from '../gateway/cors';
import { type RouteKey } from '../gateway/route-key';
import { type Document } from '../document/skeleton';
import { type TextOnly } from './content-handling';
import { type IRestIntegrationContext, type RestIntegrationConfig } from './integration-config';
import { type RequestParameter } from './request';

/** The context as integrations of this library have it. */
export type RestIntegrationContext = IntegrationContext<RouteKey> &
  Omit<IRestIntegrationContext, keyof IIntegrationContext> & { readonly cors?: CorsDefinition };

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
export type RestBindIntegration = (context: RestIntegrationContext) => RestIntegrationConfig;
