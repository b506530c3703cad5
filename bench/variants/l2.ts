import { AuthorizationType, LambdaIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { functionsOf, type Variant } from '../variant';

/** `RestApi` of aws-cdk-lib with its defaults. */
export const l2: Variant = {
  build(stack, paths) {
    const integrations = functionsOf(stack).map((fn) => new LambdaIntegration(fn));
    const api = new RestApi(stack, 'Api');
    paths.forEach((path, index) => {
      api.root
        .resourceForPath(path)
        .addMethod('GET', integrations[index % integrations.length], { authorizationType: AuthorizationType.IAM });
    });
  },
};
