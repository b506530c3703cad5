import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { functionsOf, type Variant } from '../variant';

/** `HttpApi` of aws-cdk-lib with its defaults. */
export const httpL2: Variant = {
  build(stack, paths) {
    const integrations = functionsOf(stack).map((fn, index) => new HttpLambdaIntegration(`Integration${index}`, fn));
    const api = new HttpApi(stack, 'Api', { defaultAuthorizer: new HttpIamAuthorizer() });
    paths.forEach((path, index) => {
      api.addRoutes({ path, methods: [HttpMethod.GET], integration: integrations[index % integrations.length] });
    });
  },
};
