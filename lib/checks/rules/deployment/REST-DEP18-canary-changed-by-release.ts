import { type ApiModel, type Integration, type RestApi } from '../../../template/model/model';
import { isKnown } from '../../../template/model/value';
import { type Rule, type Violation } from '../../rule';
import { cloudFormation, resourceKey, sameResource, stageLabel, stagesOf } from '../../queries/common';

const noCall: Partial<Integration> = {};

/** What the methods call, and who may call them. A canary adds a role to each, so the same code gets another deployment. */
const callsOf = (api: RestApi): string =>
  JSON.stringify(
    api.methods
      .map(({ httpMethod, path, authorizationType, integration }) => {
        const { type, uri, requestTemplates, requestParameters } =
          isKnown(integration) && integration ? integration : noCall;
        return JSON.stringify([path, httpMethod, authorizationType, type, uri, requestTemplates, requestParameters]);
      })
      .sort(),
  );

/** Stages whose canary is gone since the previous templates, although the integrations are the same. */
function* takenOut({ restApis, previous }: ApiModel): Iterable<Violation> {
  const old = new Map(previous?.restApis.map((api) => [resourceKey(api.location), api]));
  for (const api of restApis) {
    const before = old.get(resourceKey(api.location));
    const had = before?.stages.filter(({ release }) => release) ?? [];
    const lost = api.stages.filter(
      ({ release, location }) => !release && had.some((stage) => sameResource(stage.location, location)),
    );
    for (const stage of before && lost.length > 0 && callsOf(before) === callsOf(api) ? lost : []) {
      yield {
        location: stage.location,
        message:
          `the previous assembly releases deployments to ${stageLabel(stage)} as canaries; this one has the same ` +
          'integrations without a canary: unless the canary was promoted, all callers get a deployment that was ' +
          'rolled back or is still being tested',
      };
    }
  }
}

export const rule: Rule = {
  id: 'REST-DEP18',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'A canary is changed by a release, not by the template of its stage',
  why:
    'A `CanarySetting` that is removed from the template stays live (reported in aws/aws-cdk#33901), a promotion ' +
    'does not update the template, and a deployment that names the stage fails while the canary exists. If a ' +
    '`StageCanary` is removed, CloudFormation gives the deployment of the template to all callers, even one that was ' +
    'rolled back; this is reported if there is a previous assembly.',
  fix: {
    library:
      'Give the stage `canary: StageCanary.of({ percent: 10 })`, which reads the live state before it changes ' +
      'anything, or shift versions of the functions with `LambdaCanary`. Remove it after `apigw canary promote`, or ' +
      'together with a fixed version.',
    l2: 'Omit `canarySetting` on the `CfnStage`; let CodeDeploy shift versions of the functions behind an `Alias`.',
    cloudFormation:
      'Omit `CanarySetting`, and create, promote and remove the canary with API calls, each of which patches the stage.',
  },
  link: cloudFormation('properties-apigateway-stage-canarysetting'),
  *check(model) {
    for (const { stage } of stagesOf(model)) {
      if (stage.canary) {
        yield {
          location: stage.canary.location,
          message: `the canary of ${stageLabel(stage)} is defined in the template: it stays live when it is removed from there`,
        };
      }
    }
    yield* takenOut(model);
  },
};
