import { RestAuthorizer, RestGateway, RestIntegration, WebAcl } from '../../lib';
import { functionsOf, type Variant } from '../variant';

/** `RestGateway` of this library with every default, the checks included. */
export const gateway: Variant = variantOf({});

/** The same with its document as an asset. */
export const assetGateway: Variant = variantOf({ definitionAsAsset: true });

function variantOf(options: { readonly definitionAsAsset?: boolean }): Variant {
  return {
    build(stack, paths) {
      const integrations = functionsOf(stack).map((fn) => RestIntegration.lambda(fn));
      new RestGateway(stack, 'Api', {
        defaultAuthorizer: RestAuthorizer.iam(),
        routes: Object.fromEntries(
          paths.map((path, index) => [`GET ${path}`, { integration: integrations[index % integrations.length] }]),
        ),
        stages: { prod: {} },
        webAcl: WebAcl.none('benchmark'),
        ...options,
      });
    },
  };
}
