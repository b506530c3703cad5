import { type CfnResource, Validations } from 'aws-cdk-lib';
import { acknowledgeApi } from './acknowledgements';
import { type RestRouteDefinition } from './route';

/** Notes on the API resource what is known of its finished routes: findings that are answered, and what models may lose. */
export function annotateApi(api: CfnResource, routes: readonly RestRouteDefinition[], hasPolicy: boolean): void {
  acknowledgeApi(api, routes, hasPolicy);
  const schemas = new Map(routes.flatMap(({ request, route }) => (request.body ? [[request.body, route.key]] : [])));
  for (const [schema, route] of schemas) {
    schema._warnings.forEach((warning, index) =>
      Validations.of(api).addWarning(
        `JsonSchema-${schema._modelName ?? route}-${index + 1}`,
        `route "${route}": ${warning}`,
      ),
    );
  }
}
