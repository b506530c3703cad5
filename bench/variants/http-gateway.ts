import { HttpAuthorizer, HttpGateway, HttpIntegration } from '../../lib';
import { functionsOf, type Variant } from '../variant';

/** `HttpGateway` of this library with every default, the checks included. */
export const httpGateway: Variant = {
  build(stack, paths) {
    const integrations = functionsOf(stack).map((fn) => HttpIntegration.lambda(fn));
    new HttpGateway(stack, 'Api', {
      defaultAuthorizer: HttpAuthorizer.iam(),
      routes: Object.fromEntries(
        paths.map((path, index) => [`GET ${path}`, { integration: integrations[index % integrations.length] }]),
      ),
    });
  },
};
