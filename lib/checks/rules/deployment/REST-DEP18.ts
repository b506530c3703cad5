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
          `the previous assembly releases deployments to ${stageLabel(stage)} as canaries; this one has the same integrations without a canary: ` +
          'unless the canary was promoted, all callers get what was rolled back or is still being tried',
      };
    }
  }
}

export const rule: Rule = {
  id: 'REST-DEP18',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'A canary is moved by a release, and not by the template of its stage',
  why:
    'A `CanarySetting` that is taken out of the template stays live (reported in aws/aws-cdk#33901), a promotion leaves the template behind, and a deployment ' +
    'that names the stage fails while the canary is there. If a `StageCanary` is removed, CloudFormation gives the deployment of the template to all ' +
    'callers, even one that was rolled back; the previous assembly, if there is one, shows it.',
  fix: {
    library:
      'Give the stage `canary: StageCanary.of({ percent: 10 })`, which reads what is live before it moves anything, or shift versions of the functions with `LambdaCanary`. ' +
      'Remove it after `apigw canary promote`, or together with a repaired version.',
    l2: 'Leave `canarySetting` of the `CfnStage` out; have CodeDeploy shift versions of the functions behind an `Alias`.',
    cloudFormation:
      'Leave `CanarySetting` out, and create, promote and take away the canary by calls to the API, one patch of the stage each.',
  },
  link: cloudFormation('properties-apigateway-stage-canarysetting'),
  *check(model) {
    for (const { stage } of stagesOf(model)) {
      if (stage.canary) {
        yield {
          location: stage.canary.location,
          message: `the canary of ${stageLabel(stage)} is written into the template: taking it out leaves it live`,
        };
      }
    }
    yield* takenOut(model);
  },
};
