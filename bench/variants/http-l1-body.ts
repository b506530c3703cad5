import { CfnApi, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { functionsOf, type Variant } from '../variant';

const idParameter = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };

/** The floor of HTTP APIs: the same OpenAPI document written by hand, an integration in each operation, and nothing around it. */
export const httpL1Body: Variant = {
  build(stack, paths) {
    const functions = functionsOf(stack);
    const operation = (index: number) => ({
      responses: {},
      security: [{ sigv4: [] }],
      'x-amazon-apigateway-integration': {
        type: 'aws_proxy',
        httpMethod: 'POST',
        payloadFormatVersion: '2.0',
        uri:
          `arn:${stack.partition}:apigateway:${stack.region}:lambda:path/2015-03-31/functions/` +
          `${functions[index % functions.length].functionArn}/invocations`,
      },
    });
    const api = new CfnApi(stack, 'Api', {
      failOnWarnings: true,
      body: {
        openapi: '3.0.1',
        info: { title: 'Api', version: '1.0' },
        paths: Object.fromEntries(
          paths.map((path, index) => [path, { get: operation(index), parameters: [idParameter] }]),
        ),
        components: {
          securitySchemes: {
            sigv4: {
              type: 'apiKey',
              name: 'Authorization',
              in: 'header',
              'x-amazon-apigateway-authtype': 'awsSigv4',
            },
          },
        },
      },
    });
    new CfnStage(stack, 'Stage', { apiId: api.ref, stageName: '$default', autoDeploy: true });
    functions.forEach((fn, index) => {
      new CfnPermission(stack, `Permission${index}`, {
        action: 'lambda:InvokeFunction',
        principal: 'apigateway.amazonaws.com',
        functionName: fn.functionArn,
        sourceArn: `arn:${stack.partition}:execute-api:${stack.region}:${stack.account}:${api.ref}/*/GET/*`,
      });
    });
  },
};
