import { StageCanary } from '../../../lib';
import { readModel } from '../../../lib/template/read';
import { released } from '../../release/support';
import { breaks, type Draft, findings, goodResources, ids, keeps, type Json, source } from '../support';

const ELSEWHERE = { DeploymentId: { 'Fn::ImportValue': 'deployment' } };
const canary = (draft: Draft, changes: object = ELSEWHERE) =>
  draft.set('Stage', { CanarySetting: { PercentTraffic: 10, ...changes } });
/** The custom resource of a `StageCanary`. */
const release = (draft: Draft, changes: object = {}) =>
  draft.add('Release', 'Custom::ApiGatewayStageCanary', {
    ServiceToken: 'arn',
    RestApiId: { Ref: 'Api' },
    StageName: 'prod',
    ...changes,
  });

/** Every call of the function goes to what the text says, and may. */
function calling(draft: Draft, qualifier: string): void {
  const text = JSON.stringify(draft.template)
    .replaceAll('${Fn.Arn}/invocations', `\${Fn.Arn}${qualifier}/invocations`)
    .replaceAll('"FunctionName":{"Fn::GetAtt":["Fn","Arn"]}', `"FunctionName":{"Fn::Sub":"\${Fn.Arn}${qualifier}"}`);
  draft.template.Resources = (JSON.parse(text) as Json).Resources as Json;
}

describe('REST-DEP13: a canary without a deployment', () => {
  const also = ['REST-DEP18', 'REST-DEP19'];
  breaks('REST-DEP13', 'is one of what the stage serves', { also, both: (draft) => canary(draft, {}) });
  keeps('REST-DEP13', 'that has variables of its own', {
    also,
    both: (draft) => canary(draft, { StageVariableOverrides: { table: 'new' } }),
  });
  keeps('REST-DEP13', 'that cannot be told', {
    also,
    both: (draft) => canary(draft, { DeploymentId: { Ref: 'Other' } }),
  });
});

describe('REST-DEP18', () => {
  breaks('REST-DEP18', 'a canary in a template', {
    both: (draft) => {
      canary(draft);
      calling(draft, ':7');
    },
  });
  keeps('REST-DEP18', 'a canary that is brought by a release', {
    both: (draft) => {
      release(draft);
      calling(draft, ':7');
    },
  });

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

describe('REST-DEP19', () => {
  breaks('REST-DEP19', 'functions without a version', { both: release });
  breaks('REST-DEP19', 'functions without a version behind a canary of the template', {
    also: ['REST-DEP18'],
    both: (draft) => canary(draft),
  });
  for (const [what, qualifier] of [
    ['an alias', ':live'],
    ['the latest code', ':$LATEST'],
  ]) {
    breaks('REST-DEP19', what, {
      both: (draft) => {
        release(draft);
        calling(draft, qualifier);
      },
    });
  }
  keeps('REST-DEP19', 'versions', {
    both: (draft) => {
      release(draft);
      calling(draft, ':12');
    },
  });
  keeps('REST-DEP19', 'a version that only the deployment knows', {
    both: (draft) => {
      release(draft);
      draft.add('Version', 'AWS::Lambda::Version', { FunctionName: { Ref: 'Fn' } });
      calling(draft, ':${Version.Version}');
    },
  });
  keeps('REST-DEP19', 'a function that cannot be told', {
    // Nobody can tell whether it may be invoked, either.
    both: (draft) => {
      release(draft);
      const text = JSON.stringify(draft.template).replaceAll('${Fn.Arn}/invocations', '${AWS::StackId}/invocations');
      draft.template.Resources = (JSON.parse(text) as Json).Resources as Json;
    },
  });
  keeps('REST-DEP19', 'functions of a stage without a canary', {
    both: (draft) => release(draft, { StageName: 'dev' }),
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
    api.cfnRestApi.addPropertyOverride(integration, {
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
