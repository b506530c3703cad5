import { type ApiModel, type Deployment, type RestApi } from '../../../template/model/model';
import { isKnown } from '../../../template/model/value';
import { deployedChanges } from '../../queries/deployed-changes';
import { type Rule, type Violation } from '../../rule';
import { guide, listed, resourceKey, sameResource } from '../../queries/common';

/** Deployments that stages serve, all of which were there before: a new one would take every change along. */
function kept(api: RestApi, before: RestApi): Deployment[] {
  const isOld = ({ location }: Deployment): boolean =>
    before.deployments.some((deployment) => sameResource(deployment.location, location));
  return api.deployments.every(isOld)
    ? api.deployments.filter(({ location }) =>
        api.stages.some(({ deployment }) => isKnown(deployment) && sameResource(deployment, location)),
      )
    : [];
}

/** What changed since the previous templates under a deployment that did not. */
function* gaps({ restApis, previous }: ApiModel): Iterable<Violation> {
  const old = new Map(previous?.restApis.map((api) => [resourceKey(api.location), api]));
  for (const api of restApis) {
    const before = old.get(resourceKey(api.location));
    // Where one definition is at hand and the other is not, they cannot be compared.
    if (before && (before.form === 'opaque') === (api.form === 'opaque')) {
      const deployments = kept(api, before);
      const changes = deployments.length > 0 ? deployedChanges(before, api) : [];
      for (const { location } of changes.length > 0 ? deployments : []) {
        yield {
          location,
          message: `${listed(changes)} changed since the previous assembly but ${location.logicalId} did not, so its stages do not get the change`,
        };
      }
    }
  }
}

export const rule: Rule = {
  id: 'REST-DEP2',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'A change to any part of the API creates a new deployment',
  why:
    'A stage serves the snapshot of its deployment, and CloudFormation creates a new deployment only under a new ' +
    'logical id. CDK derives the id from a hash of the L2 constructs: a change to a separate `CfnMethod`, ' +
    '`CfnResource` or `CfnGatewayResponse` reaches the API but not the stage. Every template is also compared with ' +
    'that of the previous assembly, if there is one.',
  fix: {
    library: 'Create the API with a `RestGateway`: the logical id of its deployment is a hash of the whole definition.',
    l2: 'Create the part with the L2, or call `api.latestDeployment?.addToLogicalId({ … })` with its properties.',
    cloudFormation: 'Give the `AWS::ApiGateway::Deployment` a new logical id.',
  },
  link: guide('updating-api'),
  *check(model) {
    for (const { deployments } of model.restApis) {
      for (const { notHashed, location } of deployments) {
        if (notHashed.length > 0) {
          const names = listed(notHashed.map(({ logicalId }) => logicalId));
          yield { location, message: `a change to ${names} creates no new deployment` };
        }
      }
    }
    yield* gaps(model);
  },
};
