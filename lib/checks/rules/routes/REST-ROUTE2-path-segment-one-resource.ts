import { type PathResource } from '../../../template/model/neighbours';
import { type Rule } from '../../rule';
import { cloudFormation, resourceKey } from '../../queries/common';
import { isLiteral } from '../../../template/model/text';

export const rule: Rule = {
  id: 'REST-ROUTE2',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A path segment is one resource',
  why: 'API Gateway rejects the second resource with the same parent and path part with "Another resource with the same parent already has this name", and the stack rolls back.',
  fix: {
    library: 'Let the gateway derive the resources from `routes`.',
    l2:
      'Get the resource with `resourceForPath(…)` or `getResource(…)`, and create each segment once with ' +
      '`addResource(…)`.',
    cloudFormation:
      'Keep one `AWS::ApiGateway::Resource` for each `ParentId` and `PathPart`, and let all methods refer to it.',
  },
  link: cloudFormation('resource-apigateway-resource'),
  *check(model) {
    for (const { pathResources } of model.restApis) {
      const first = new Map<string, PathResource>();
      for (const resource of pathResources) {
        const { parent, pathPart, path, conditional, location } = resource;
        if (!parent || !isLiteral(pathPart) || conditional) {
          continue;
        }
        const key = `${resourceKey(parent)} ${pathPart}`;
        const other = first.get(key);
        if (other) {
          yield { location, message: `${path} is created by ${location.logicalId} and by ${other.location.logicalId}` };
        } else {
          first.set(key, resource);
        }
      }
    }
  },
};
