import { type App } from 'aws-cdk-lib';
import { OrdersRestStack } from './orders-rest/stack';
import { QuickstartStack } from './quickstart/stack';
import { RestServicesStack } from './rest-services/stack';
import { RestOpenApiStack } from './rest-openapi/stack';
import { RestJwtStack } from './rest-jwt/stack';
import { RestPrivateStack } from './rest-private/stack';
import { RestPrivateIntegrationsStack } from './rest-private-integrations/stack';
import { RestUsagePlansStack } from './rest-usage-plans/stack';

/** Every example: its name, and what it adds to an app. */
export const EXAMPLES: Readonly<Record<string, (app: App) => void>> = {
  quickstart: (app) => void new QuickstartStack(app, 'Quickstart'),
  'orders-rest': (app) => void new OrdersRestStack(app, 'OrdersRest'),
  'rest-services': (app) => void new RestServicesStack(app, 'RestServices'),
  'rest-jwt': (app) => void new RestJwtStack(app, 'RestJwt'),
  'rest-private': (app) => void new RestPrivateStack(app, 'RestPrivate'),
  'rest-private-integrations': (app) => void new RestPrivateIntegrationsStack(app, 'RestPrivateIntegrations'),
  'rest-usage-plans': (app) => void new RestUsagePlansStack(app, 'RestUsagePlans'),
  'rest-openapi': (app) => void new RestOpenApiStack(app, 'RestOpenApi'),
};
