import { type ApiModel } from '../../../template/model/model';
import { type ApiReference } from '../../../template/model/references';
import { isLiteral, outline } from '../../../template/model/text';
import { isKnown } from '../../../template/model/value';
import { type Rule, type Violation } from '../../rule';
import { cloudFormation, sameResource } from '../../queries/common';

/** Other rules report these: ALL-AUTH9, REST-DEP4. */
const TOLD = ['AWS::ApiGateway::Authorizer', 'AWS::ApiGateway::Deployment', 'AWS::ApiGatewayV2::Authorizer'];

/** Types whose attributes are what they are; those of a stack, a parameter or a custom resource may be any id. */
const OTHER_TYPE = /^AWS::(ApiGateway|ApiGatewayV2|Cognito|DynamoDB|ElasticLoadBalancingV2|IAM|Lambda|S3|SNS|SQS)::/;

const shortType = (type: string): string => type.replace(/^AWS::(ApiGateway|ApiGatewayV2)::/, '');

function problem({ property, api, target, targetType, targetApi, allowed }: ApiReference): string | undefined {
  if (target === undefined || targetType === undefined) {
    return undefined;
  }
  if (!allowed.includes(targetType) && OTHER_TYPE.test(targetType)) {
    const types = allowed.map(shortType).join(' or ');
    return `has ${target.logicalId} as its ${property}, which is of type ${targetType} and no ${types}`;
  }
  if (
    !allowed.includes(targetType) ||
    !isKnown(api) ||
    !isKnown(targetApi) ||
    sameResource(api, targetApi) ||
    TOLD.includes(targetType)
  ) {
    return undefined;
  }
  return `has ${target.logicalId} of ${targetApi.logicalId} as its ${property}, but belongs to ${api.logicalId}`;
}

/** What API Gateway makes as the id of a part of an API; an id of another length than those seen so far is not a word. */
const GENERATED_ID = /^(?=.*\d|.{6}$|.{10}$)[a-z0-9]{5,12}$/;

/** A name or a logical id in place of a reference: API Gateway makes the ids of the parts of an API itself. */
function problemOfText(model: ApiModel, reference: ApiReference): Omit<Violation, 'location'> | undefined {
  const { property, text, api } = reference;
  if (text === undefined || !property.endsWith('Id')) {
    return undefined;
  }
  if (outline(text).includes('/')) {
    return { message: `has "${String(text)}" as its ${property}; an id has no slash` };
  }
  if (!isLiteral(text)) {
    return undefined;
  }
  const isLogicalId = model.typeOf({ ...reference.location, logicalId: text }) !== undefined;
  if (isLogicalId) {
    return { message: `has the text "${text}" as its ${property}; write !Ref ${text}` };
  }
  return isKnown(api) && !GENERATED_ID.test(text)
    ? {
        message: `has the text "${text}" as its ${property}, which is not an id that API Gateway creates`,
        severity: 'warning',
      }
    : undefined;
}

export const rule: Rule = {
  id: 'ALL-DEP25',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'error',
  title: 'A part of an API refers to parts of the same API',
  why: 'API Gateway looks for the id in the API of the resource. It does not find one of another API or of another type: "Invalid Resource identifier specified", "Invalid model identifier specified", and the stack rolls back.',
  fix: {
    library: 'Define routes, models and validators in the gateway that uses them.',
    l2: 'Create each `Resource`, `Model`, `RequestValidator` and stage with the API that uses it, e.g. `api.addModel(…)`.',
    cloudFormation:
      'Refer to a resource of the type that the property names, with the same `RestApiId` (`ApiId` of HTTP and WebSocket ' +
      'APIs). The parent of a first path segment is `!GetAtt Api.RootResourceId`.',
  },
  link: cloudFormation('resource-apigateway-method'),
  *check(model) {
    for (const reference of model.apiReferences) {
      const what = problem(reference);
      const found = what === undefined ? problemOfText(model, reference) : { message: what };
      if (found) {
        const { location } = reference;
        yield { ...found, location, message: `${location.logicalId} ${found.message}` };
      }
    }
  },
};
