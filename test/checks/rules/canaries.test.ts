import { StageCanary } from '../../../lib';
import { rule } from '../../../lib/checks/rules/deployment/REST-DEP18-canary-changed-by-release';
import { runRules } from '../../../lib/checks/run';
import { inPlaceOf } from '../../../lib/template/reader/previous';
import { readModel } from '../../../lib/template/reader/read';
import { type TemplateSource } from '../../../lib/template/reader/source';
import { released } from '../../release/support';
import { type Draft, findings, goodResources, ids, keeps, type Json, source } from '../support';

/** The custom resource of a `StageCanary`. */
const release = (draft: Draft, changes: object = {}) =>
  draft.add('Release', 'Custom::ApiGatewayStageCanary', {
    ServiceToken: 'arn',
    RestApiId: { Ref: 'Api' },
    StageName: 'prod',
    ...changes,
  });

describe('REST-DEP18', () => {
  test('a canary of a deployment that makes its stage is one in a template too', () => {
    const draft = goodResources();
    const { Stage, ...rest } = draft.resources;
    draft.template.Resources = rest as Json;
    expect(Stage).toBeDefined();
    draft.set('Deployment', { StageName: 'prod', StageDescription: { CanarySetting: { PercentTraffic: 10 } } });
    const found = ids(findings(draft.template));
    expect(found).toContain('REST-DEP18');
    // There is no other deployment yet that it could be of.
    expect(found).not.toContain('REST-DEP13');
  });
});

describe('REST-DEP18, compared with the previous assembly', () => {
  const template = (code: string, canary?: StageCanary) =>
    source(released(canary, { code, stage: { canary } }).template());
  const found = (before: TemplateSource, after: TemplateSource) =>
    runRules(readModel([after], inPlaceOf([after], [before], [])), [rule]).map(({ message }) => message);
  const canary = () => StageCanary.of({ percent: 10 });

  test('a release that is taken out with the code that it moved is told before the deployment', () => {
    expect(found(template('1', canary()), template('1'))).toEqual([
      'the previous assembly releases deployments to stage "prod" as canaries; this one has the same integrations without a canary: ' +
        'unless the canary was promoted, all callers get a deployment that was rolled back or is still being tested',
    ]);
  });

  test.each<[string, TemplateSource, TemplateSource]>([
    ['taken out together with other code', template('1', canary()), template('2')],
    ['that stays', template('1', canary()), template('1', canary())],
    ['that comes', template('1'), template('1', canary())],
  ])('a release %s is none', (_, before, after) => {
    expect(found(before, after)).toEqual([]);
  });
});

describe('REST-DEP19', () => {
  keeps('REST-DEP19', 'a function that cannot be told', {
    // Nobody can tell whether it may be invoked, either.
    both: (draft) => {
      release(draft);
      const text = JSON.stringify(draft.template).replaceAll('${Fn.Arn}/invocations', '${AWS::StackId}/invocations');
      draft.template.Resources = (JSON.parse(text) as Json).Resources as Json;
    },
  });
  test('routes of one function are one finding, which names them', () => {
    const draft = goodResources();
    release(draft);
    const found = findings(draft.template).filter(({ id }) => id === 'REST-DEP19');
    expect(found).toMatchObject([
      {
        severity: 'warning',
        key: 'Fn',
        message: expect.stringMatching(
          /^GET \/orders.* calls Fn, which has no version: with the canary of stage "prod"/,
        ),
      },
    ]);
  });

  test('an override that takes the version away from a route of the library is found', () => {
    expect(ids(findings(released(StageCanary.of({ percent: 10 })).template()))).not.toContain('REST-DEP19');
    const { api, fn, template } = released(StageCanary.of({ percent: 10 }));
    const integration = 'Body.paths./orders.get.x-amazon-apigateway-integration.uri';
    api.cfnApi.addPropertyOverride(integration, {
      'Fn::Sub': [
        'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${Fn}/invocations',
        { Fn: { 'Fn::GetAtt': [fn.stack.getLogicalId(fn.node.defaultChild as never), 'Arn'] } },
      ],
    });
    expect(ids(findings(template()))).toContain('REST-DEP19');
  });
});

test('the reader knows the canary that the library brings to a stage', () => {
  const [api] = readModel([source(released().template())]).restApis;
  const [stage] = api.stages;
  expect(stage.canary).toBeUndefined();
  expect(stage.release?.location.logicalId).toMatch(/^ApiCanaryprod/);
});
