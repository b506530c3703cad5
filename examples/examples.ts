import { type App } from 'aws-cdk-lib';
import { DomainMultiApiStack } from './domain-multi-api/stack';
import { DomainMutualTlsStack } from './domain-mutual-tls/stack';
import { DomainPreviewStack } from './domain-preview/stack';
import { HttpExtensionsStack } from './http-extensions/stack';
import { HttpPrivateServicesStack } from './http-private-services/stack';
import { HttpQuickstartStack } from './http-quickstart/stack';
import { MeteredEventsStack } from './metered-events/stack';
import { OrdersRestStack } from './orders-rest/stack';
import { PrivateApiStack } from './private-api/stack';
import { ProductionRestStack } from './production-rest/stack';
import { QuickstartStack } from './quickstart/stack';
import { RestServicesStack } from './rest-services/stack';
import { RestOpenApiStack } from './rest-openapi/stack';
import { RestJwtStack } from './rest-jwt/stack';
import { RestPrivateStack } from './rest-private/stack';
import { RestPrivateIntegrationsStack } from './rest-private-integrations/stack';
import { RestUsagePlansStack } from './rest-usage-plans/stack';
import { WebSocketChatStack } from './websocket-chat/stack';
import { WebSocketQuickstartStack } from './websocket-quickstart/stack';

/** Every example: its name, and what it adds to an app. */
export const EXAMPLES: Readonly<Record<string, (app: App) => void>> = {
  quickstart: (app) => void new QuickstartStack(app, 'Quickstart'),
  'http-quickstart': (app) => void new HttpQuickstartStack(app, 'HttpQuickstart'),
  'http-extensions': (app) => void new HttpExtensionsStack(app, 'HttpExtensions'),
  'http-private-services': (app) => void new HttpPrivateServicesStack(app, 'HttpPrivateServices'),
  'orders-rest': (app) => void new OrdersRestStack(app, 'OrdersRest'),
  'production-rest': (app) => void new ProductionRestStack(app, 'ProductionRest'),
  'metered-events': (app) => void new MeteredEventsStack(app, 'MeteredEvents'),
  'rest-services': (app) => void new RestServicesStack(app, 'RestServices'),
  'rest-jwt': (app) => void new RestJwtStack(app, 'RestJwt'),
  'rest-private': (app) => void new RestPrivateStack(app, 'RestPrivate'),
  'rest-private-integrations': (app) => void new RestPrivateIntegrationsStack(app, 'RestPrivateIntegrations'),
  'rest-usage-plans': (app) => void new RestUsagePlansStack(app, 'RestUsagePlans'),
  'websocket-quickstart': (app) => void new WebSocketQuickstartStack(app, 'WebSocketQuickstart'),
  'websocket-chat': (app) => void new WebSocketChatStack(app, 'WebSocketChat'),
  'rest-openapi': (app) => void new RestOpenApiStack(app, 'RestOpenApi'),
  'domain-multi-api': (app) => void new DomainMultiApiStack(app, 'DomainMultiApi'),
  'domain-mutual-tls': (app) => void new DomainMutualTlsStack(app, 'DomainMutualTls'),
  'domain-preview': (app) => void new DomainPreviewStack(app, 'DomainPreview'),
  'private-api': (app) => void new PrivateApiStack(app, 'PrivateApi'),
};
