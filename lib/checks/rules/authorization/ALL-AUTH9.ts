import { type Authorizer, type RestApi } from '../../../template/model';
import { isKnown } from '../../../template/value';
import { type Rule } from '../../rule';
import { cloudFormation, methodsOf, onMethod } from '../../support';

export const rule: Rule = {
  id: 'ALL-AUTH9',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A route is guarded by an authorizer of its own API',
  why: 'API Gateway looks for the authorizer inside of the API of the method. One of another API is not found, and the deployment rolls back with "Invalid authorizer ID specified".',
  fix:
    'Give each gateway its own `defaultAuthorizer`; two of them may ask the same user pool or function. In CloudFormation: `AuthorizerId` of an ' +
    '`AWS::ApiGateway::Authorizer` whose `RestApiId` is that of the method.',
  link: cloudFormation('resource-apigateway-method'),
  sameAs: { 'cfn-lint': ['E3699'] },
  *check(model) {
    if (model.restApis.length < 2) {
      return;
    }
    const owners = new Map<Authorizer, RestApi>();
    for (const api of model.restApis) {
      api.authorizers.forEach((authorizer) => owners.set(authorizer, api));
    }
    for (const { api, method } of methodsOf(model)) {
      const owner = isKnown(method.authorizer) ? owners.get(method.authorizer) : undefined;
      if (isKnown(method.authorizer) && owner && owner !== api) {
        yield onMethod(
          method,
          `of ${api.location.logicalId} names authorizer "${method.authorizer.key}", which belongs to ${owner.location.logicalId}`,
        );
      }
    }
  },
};
