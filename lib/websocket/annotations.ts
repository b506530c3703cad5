import { type CfnResource, Validations } from 'aws-cdk-lib';
import { type WebSocketRouteDefinition } from './route';

/** Notes on the API resource what models may lose. */
export function annotateRoutes(api: CfnResource, routes: readonly WebSocketRouteDefinition[]): void {
  const schemas = new Map(
    routes.flatMap(({ request, route }) => Object.values(request.bodies).map((schema) => [schema, route.key])),
  );
  for (const [schema, route] of schemas) {
    schema._warnings.forEach((warning, index) =>
      Validations.of(api).addWarning(
        `JsonSchema-${schema._modelName ?? route}-${index + 1}`,
        `route "${route}": ${warning}`,
      ),
    );
  }
}
