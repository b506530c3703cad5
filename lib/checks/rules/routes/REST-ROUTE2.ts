import { type PathResource } from '../../../template/model/neighbours';
import { type Rule } from '../../rule';
import { cloudFormation, resourceKey } from '../../queries/common';
import { isLiteral } from '../../../template/model/text';

export const rule: Rule = {
  id: 'REST-ROUTE2',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A segment of a path is one resource',
  why: 'The second resource of the same parent and path part is refused with "Another resource with the same parent already has this name", and the stack rolls back.',
  fix: {
    library: 'Leave the resources to the gateway, which derives the segments from `routes`.',
    l2:
      'Take the resource with `resourceForPath(…)` or `getResource(…)`, and make each segment once with ' +
      '`addResource(…)`.',
    cloudFormation:
      'Keep one `AWS::ApiGateway::Resource` for each `ParentId` and `PathPart`, to which all methods refer.',
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
          yield { location, message: `${path} is made by ${location.logicalId} and by ${other.location.logicalId}` };
        } else {
          first.set(key, resource);
        }
      }
    }
  },
};
