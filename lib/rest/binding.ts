import { type IIntegrationContext } from '../gateway/integration-context';
import { type IntegrationContext } from '../gateway/route-binder';
import { type CorsDefinition } from '../gateway/cors';
import { type RouteKey } from '../gateway/route-key';
import { type Document } from '../document/skeleton';
import { type TextOnly } from './content-handling';
import { type IRestIntegrationContext, type RestIntegrationConfig } from './integration-config';
import { type RequestParameter } from './request';

/** The context as this library's own integrations see it. */
export type RestIntegrationContext = IntegrationContext<RouteKey> &
  Omit<IRestIntegrationContext, keyof IIntegrationContext> & { readonly cors?: CorsDefinition };

/** An integration as a route writes it to the document. */
export interface RestBoundIntegration {
  /** The `x-amazon-apigateway-integration` object. */
  readonly extension: Document;
  /** Method responses of an integration that is not a proxy: status code → headers. */
  readonly responses?: Readonly<Record<string, readonly string[]>>;
  /** Why the certificate of the back end need not come from a public authority; acknowledges the finding. */
  readonly unverifiedReason?: string;
  /** Why the back end may be called in plain text; acknowledges the finding. */
  readonly clearTextReason?: string;
  /** Payloads that the API's binary types must not turn into bytes. */
  readonly textOnly?: readonly TextOnly[];
  /** The parts of the request that the integration reads, which the method must declare. */
  readonly parameters?: readonly RequestParameter[];
}

/** Creates the integration for one route. */
export type RestBindIntegration = (context: RestIntegrationContext) => RestIntegrationConfig;
