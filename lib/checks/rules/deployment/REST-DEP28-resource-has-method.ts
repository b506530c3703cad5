import { type RestApi } from '../../../template/model/model';
import { type PathResource } from '../../../template/model/neighbours';
import { isUnknownText, mayHoldAnything, textKey } from '../../../template/model/text';
import { type Rule } from '../../rule';
import { guide, resourceKey } from '../../queries/common';

/** Resources without methods, neither of their own nor below them. */
function unused({ methods, pathResources }: RestApi): PathResource[] {
  const paths = new Set(methods.map(({ path }) => textKey(path)));
  const parents = new Set(pathResources.flatMap(({ parent }) => (parent ? [resourceKey(parent)] : [])));
  return pathResources.filter(
    ({ path, location, conditional }) =>
      !conditional && !parents.has(resourceKey(location)) && !paths.has(textKey(path)),
  );
}

export const rule: Rule = {
  id: 'REST-DEP28',
  appliesTo: ['rest'],
  severity: 'info',
  title: 'A resource without resources below it has a method',
  why: 'A path without a method cannot be called: API Gateway returns 403 "Missing Authentication Token". Usually a method is missing, or belongs to another resource by mistake.',
  fix: {
    library: 'Define the methods of the path as keys of `routes`, e.g. `GET /orders`.',
    l2: 'Call `addMethod(…)` on the `Resource`, or remove it.',
    cloudFormation: 'Add an `AWS::ApiGateway::Method` with this `ResourceId`, or remove the resource.',
  },
  link: guide('api-gateway-method-settings-method-request'),
  *check(model) {
    for (const api of model.restApis) {
      // A method whose path is unknown may be of any resource.
      const isKnown = !api.methods.some(({ path }) => isUnknownText(path) || mayHoldAnything(path));
      for (const { location, path } of isKnown ? unused(api) : []) {
        yield { location, message: `${location.logicalId}, the resource ${String(path)}, has no method` };
      }
    }
  },
};
