import { type Deployment, type Method, type RestApi } from '../../../template/model/model';
import { type Rule } from '../../rule';
import { cloudFormation, listed, resourceKey, routeOf, sameResource } from '../../queries/common';
import { isKnown } from '../../../template/model/value';

/** Methods that CloudFormation may create after the snapshot was taken. */
function late(api: RestApi, deployment: Deployment): Method[] {
  const waited = new Set(deployment.dependsOn.map(resourceKey));
  const stages = api.stages.filter(
    (stage) => isKnown(stage.deployment) && sameResource(stage.deployment, deployment.location),
  );
  return api.methods.filter(
    ({ location }) =>
      !sameResource(location, api.location) &&
      location.template === deployment.location.template &&
      !waited.has(resourceKey(location)) &&
      // A dependency through something else still counts.
      !stages.some((stage) => stage.reaches(location)),
  );
}

export const rule: Rule = {
  id: 'REST-DEP1',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A deployment depends on every method',
  why:
    'A deployment is a snapshot. CloudFormation creates it in parallel with the methods unless it depends on them: ' +
    'it fails with "The REST API doesn\'t contain any methods", or goes live without some of the methods.',
  fix: {
    library:
      'Create the API with a `RestGateway`, which defines its methods inside the API, so they always exist first.',
    l2: 'Call `deployment.node.addDependency(method)` for every `Method`; a `RestApi` with `deploy: true` does this itself.',
    cloudFormation: 'List every `AWS::ApiGateway::Method` in `DependsOn` of the `AWS::ApiGateway::Deployment`.',
  },
  link: cloudFormation('resource-apigateway-deployment'),
  *check(model) {
    for (const api of model.restApis) {
      // Methods inside the API exist with it.
      for (const deployment of api.form === 'body' ? [] : api.deployments) {
        const methods = late(api, deployment);
        if (methods.length > 0) {
          yield {
            location: { ...deployment.location, path: ['DependsOn'] },
            message: `${deployment.location.logicalId} does not depend on ${listed(methods.map(routeOf))}`,
          };
        }
      }
    }
  },
};
