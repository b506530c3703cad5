import { JsonSchema, RestAuthorizer, RestGateway, type RestGatewayProps, RestIntegration, WebAcl } from '../../lib';
import { functionsOf, type Variant } from '../variant';

/** `RestGateway` with most of what it has: a model for each path, cache, CORS, plans, two stages and a web ACL. */
export const richGateway: Variant = {
  build(stack, paths) {
    const integrations = functionsOf(stack).map((fn) => RestIntegration.lambda(fn));
    const routes: NonNullable<RestGatewayProps['routes']> = {};
    paths.forEach((path, index) => {
      const integration = integrations[index % integrations.length];
      const sku = { type: 'string', minLength: (index % 9) + 1 };
      const schema = { type: 'object', required: ['sku'], properties: { sku } };
      routes[`GET ${path}`] = { integration, cache: { perCaller: false }, request: { query: { page: false } } };
      routes[`POST ${path}`] = {
        integration,
        apiKeyRequired: true,
        request: { body: JsonSchema.fromObject(schema, { modelName: `Item${index}` }) },
      };
    });
    new RestGateway(stack, 'Api', {
      defaultAuthorizer: RestAuthorizer.iam(),
      webAcl: WebAcl.managed(),
      cors: { allowOrigins: ['https://app.example.com'] },
      routes,
      stages: { dev: {}, prod: { cache: {} } },
      usagePlans: {
        free: { throttle: { rateLimit: 1, burstLimit: 2 }, apiKeys: ['demo'] },
        paid: { throttle: { rateLimit: 50, burstLimit: 100 }, apiKeys: ['acme', 'globex'] },
      },
    });
  },
};
