import { CfnDeployment, CfnRestApi, CfnStage } from 'aws-cdk-lib/aws-apigateway';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { functionsOf, type Variant } from '../variant';

const idParameter = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };

/** The floor: the same OpenAPI document written by hand, its references where they belong, and nothing around it. */
export const l1Body: Variant = {
  build(stack, paths) {
    const functions = functionsOf(stack);
    const operation = (index: number) => ({
      parameters: [idParameter],
      responses: {},
      security: [{ sigv4: [] }],
      'x-amazon-apigateway-request-validator': 'parameters',
      'x-amazon-apigateway-integration': {
        type: 'aws_proxy',
        httpMethod: 'POST',
        uri:
          `arn:${stack.partition}:apigateway:${stack.region}:lambda:path/2015-03-31/functions/` +
          `${functions[index % functions.length].functionArn}/invocations`,
      },
    });
    const api = new CfnRestApi(stack, 'Api', {
      name: 'Api',
      mode: 'overwrite',
      failOnWarnings: true,
      endpointConfiguration: { types: ['REGIONAL'] },
      body: {
        openapi: '3.0.1',
        info: { title: 'Api', version: '1.0' },
        paths: Object.fromEntries(paths.map((path, index) => [path, { get: operation(index) }])),
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
        'x-amazon-apigateway-request-validators': {
          parameters: { validateRequestBody: false, validateRequestParameters: true },
        },
      },
    });
    const deployment = new CfnDeployment(stack, 'Deployment', { restApiId: api.ref });
    new CfnStage(stack, 'Stage', { restApiId: api.ref, deploymentId: deployment.ref, stageName: 'prod' });
    functions.forEach((fn, index) => {
      new CfnPermission(stack, `Permission${index}`, {
        action: 'lambda:InvokeFunction',
        principal: 'apigateway.amazonaws.com',
        functionName: fn.functionArn,
        sourceArn: `arn:${stack.partition}:execute-api:${stack.region}:${stack.account}:${api.ref}/prod/GET/*`,
      });
    });
  },
};
