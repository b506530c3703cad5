import { type App } from 'aws-cdk-lib';
import { OrdersRestStack } from './orders-rest/stack';
import { QuickstartStack } from './quickstart/stack';

/** Every example: its name, and what it adds to an app. */
export const EXAMPLES: Readonly<Record<string, (app: App) => void>> = {
  quickstart: (app) => void new QuickstartStack(app, 'Quickstart'),
  'orders-rest': (app) => void new OrdersRestStack(app, 'OrdersRest'),
};
