import { type SecurityScheme } from '../openapi/security-of-operation';
import { type LambdaTargets } from '../neighbours/lambda';
import { type Authorizer } from '../model/model';
import { type Node } from '../reader/node';
import { UNKNOWN, type Value } from '../model/value';

/** A security scheme of a REST API. */
export function restScheme(node: Node, key: string, lambdas: LambdaTargets): SecurityScheme<Authorizer> {
  const extension = node.get('x-amazon-apigateway-authorizer');
  const authType = node.get('x-amazon-apigateway-authtype').string();
  if (typeof authType === 'string' && authType.toLowerCase() === 'awssigv4') {
    return { authorizationType: 'AWS_IAM', isApiKey: false };
  }
  if (!extension.isAbsent) {
    const found = authorizer(node, extension, key, lambdas);
    return { authorizer: found, authorizationType: methodType(found.type), isApiKey: false };
  }
  const isApiKey = node.get('type').upper() === 'APIKEY' && node.get('name').upper() === 'X-API-KEY';
  return { isApiKey };
}

function methodType(type: Value<string> | undefined): Value<string> {
  switch (type) {
    case 'COGNITO_USER_POOLS':
      return 'COGNITO_USER_POOLS';
    case 'TOKEN':
    case 'REQUEST':
      return 'CUSTOM';
    default:
      return UNKNOWN;
  }
}

function authorizer(node: Node, extension: Node, key: string, lambdas: LambdaTargets): Authorizer {
  const type = extension.get('type').upper();
  return {
    location: extension.location,
    key,
    name: key,
    type,
    authType: node.get('x-amazon-apigateway-authtype').string(),
    uri: extension.get('authorizerUri').text(),
    credentials: extension.get('authorizerCredentials').text(),
    providerArns: extension.either('providerARNs', 'providerArns').texts(),
    identitySource: extension.get('identitySource').string() ?? (type === 'REQUEST' ? undefined : header(node)),
    identityValidationExpression: extension.get('identityValidationExpression').string(),
    resultTtlInSeconds: extension.get('authorizerResultTtlInSeconds').number(),
    lambda: lambdas.ofUri(extension.get('authorizerUri')),
  };
}

/** For token and Cognito authorizers the header of the scheme is the identity source. */
function header(node: Node): Value<string> | undefined {
  const name = node.get('name').string();
  const where = node.get('in').string() === 'query' ? 'querystring' : 'header';
  return typeof name === 'string' ? `method.request.${where}.${name}` : name;
}
