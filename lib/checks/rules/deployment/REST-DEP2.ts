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
          message: `${listed(changes)} changed since the previous assembly and ${location.logicalId} did not, so that its stages go on as before`,
        };
      }
    }
  }
}

export const rule: Rule = {
  id: 'REST-DEP2',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'A change of any part of the API makes a new deployment',
  why:
    'A stage serves the snapshot of its deployment, and CloudFormation makes a new one under a new logical id only. CDK changes the id with a hash of the ' +
    'constructs of the L2: what is made beside them as `CfnMethod`, `CfnResource` or `CfnGatewayResponse` is changed in the API, and the stage goes on as ' +
    'before. Whatever made the template, it is compared with that of the previous assembly, where there is one.',
  fix: {
    library: 'Make the API with a `RestGateway`: the logical id of its deployment is a hash of the whole definition.',
    l2: 'Make the part with the L2, or call `api.latestDeployment?.addToLogicalId({ … })` with its properties.',
    cloudFormation: 'Give the `AWS::ApiGateway::Deployment` a new logical id.',
  },
  link: guide('updating-api'),
  *check(model) {
    for (const { deployments } of model.restApis) {
      for (const { notHashed, location } of deployments) {
        if (notHashed.length > 0) {
          const names = listed(notHashed.map(({ logicalId }) => logicalId));
          yield { location, message: `a change of ${names} makes no new deployment` };
        }
      }
    }
    yield* gaps(model);
  },
};
