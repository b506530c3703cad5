import { App, CfnResource, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { LambdaRestApi, MockIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUrlIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import {
  HttpAuthorizer,
  HttpGateway,
  HttpIntegration,
  type RestAdoptOptions,
  RestAuthorizer,
  RestGateway,
  type RestGatewayProps,
  RestIntegration,
  WebAcl,
} from '../../lib';
import { adoptionsIn } from '../../lib/checks/adopt/adoption';
import { type Move } from '../../lib/checks/adopt/move';
import { movesBetween } from '../../lib/checks/adopt/moves';
import { readPlainResources } from '../../lib/template/reader/plain-resources';
import { CloudFormation } from '../support/deployments/cloudformation';
import { type Template } from '../support/deployments/template';
import { fn } from '../support/stacks';

function template(make: (stack: Stack) => void): Template {
  const app = new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
  const stack = new Stack(app, 'Stack');
  make(stack);
  return app.synth().getStackByName('Stack').template as Template;
}

const read = (it: Template) =>
  readPlainResources([{ file: 'Stack', template: it as unknown as Record<string, never>, bytes: 0 }]);
const moves = (before: Template, after: Template): Move[] => movesBetween(read(before), read(after));
const kinds = (before: Template, after: Template) =>
  moves(before, after).map(({ kind, logicalId }) => `${kind} ${logicalId}`);
const refs = (cloud: CloudFormation, ids: readonly string[]) => ids.map((id) => cloud.refOf('Stack', id));

const PARTS = /^AWS::ApiGateway::(Resource|Method|Model|Authorizer|RequestValidator|GatewayResponse)$/;
const retain = (stack: Stack): void => {
  for (const one of stack.node.findAll()) {
    if (CfnResource.isCfnResource(one) && PARTS.test(one.cfnResourceType)) {
      one.applyRemovalPolicy(RemovalPolicy.RETAIN);
    }
  }
};

const lambdaApi = (stack: Stack) => void new LambdaRestApi(stack, 'Api', { handler: fn(stack, 'Fn') });
const proxy = (props: Partial<RestGatewayProps> = {}) =>
  template((stack) => {
    const integration = RestIntegration.lambda(fn(stack, 'Fn'));
    new RestGateway(stack, 'Api', {
      defaultAuthorizer: RestAuthorizer.none('as before'),
      routes: { 'ANY /': { integration }, 'ANY /{proxy+}': { integration } },
      webAcl: WebAcl.none('as before'),
      ...props,
    });
  });

const keyed = (stack: Stack) => {
  const api = new RestApi(stack, 'Shop');
  api.root.addMethod('GET', new MockIntegration(), { apiKeyRequired: true });
  api.root.addResource('orders').addMethod('GET', new MockIntegration(), { apiKeyRequired: true });
  const plan = api.addUsagePlan('Basic', { apiStages: [{ stage: api.deploymentStage }] });
  plan.addApiKey(api.addApiKey('Partner'));
};

describe('a LambdaRestApi under the same construct id', () => {
  const before = template(lambdaApi);

  test('collides without adopt: the new stage is created while the old one has the name', () => {
    const cloud = new CloudFormation();
    cloud.deploy('Stack', before);
    const { failed } = cloud.deploy('Stack', proxy());
    expect(failed?.reason).toContain('AWS::ApiGateway::Stage');
    expect(failed?.reason).toContain('already exists');
    expect(kinds(before, proxy())).toEqual(
      expect.arrayContaining([`collides ${failed!.logicalId}`, 'lost ApiDeploymentStageprod3EB9684E']),
    );
  });

  const [{ adopt }] = adoptionsIn(read(before));
  const after = proxy({ adopt: adopt as RestAdoptOptions });
  const [api, stage] = [adopt.api as string, (adopt.stages as Record<string, string>).prod];

  test('in one deployment keeps ids and URL, and loses its routes for the deployment after', () => {
    const cloud = new CloudFormation();
    cloud.deploy('Stack', before);
    const live = refs(cloud, [api, stage]);
    expect(cloud.deploy('Stack', after).status).toBe('UPDATE_COMPLETE');
    expect(refs(cloud, [api, stage])).toEqual(live);
    expect(cloud.servedBy('Stack', stage)).toEqual(['ANY /', 'ANY /{proxy+}']);
    expect(cloud.routesOf('Stack', api)).toEqual([]);
    // Another deployment without a change of the document.
    const later = proxy({ adopt: adopt as RestAdoptOptions, redeployOn: ['2'] });
    expect(cloud.deploy('Stack', later).status).toBe('UPDATE_COMPLETE');
    expect(cloud.servedBy('Stack', stage)).toEqual([]);
    expect(moves(before, after).find(({ kind }) => kind === 'lost')?.what).toContain('after the import of the Body');
  });

  test('with its parts retained first it keeps all', () => {
    const retained = template((stack) => {
      lambdaApi(stack);
      retain(stack);
    });
    const cloud = new CloudFormation();
    cloud.deploy('Stack', before);
    const live = refs(cloud, [api, stage]);
    for (const it of [retained, after, proxy({ adopt: adopt as RestAdoptOptions, redeployOn: ['2'] })]) {
      expect(cloud.deploy('Stack', it).status).toBe('UPDATE_COMPLETE');
      expect(refs(cloud, [api, stage])).toEqual(live);
      expect([...cloud.servedBy('Stack', stage)].sort()).toEqual(['ANY /', 'ANY /{proxy+}']);
    }
    expect([...cloud.routesOf('Stack', api)].sort()).toEqual(['ANY /', 'ANY /{proxy+}']);
    expect(moves(retained, after).filter(({ kind }) => ['collides', 'lost', 'replaced'].includes(kind))).toEqual([]);
  });
});

describe('an API with a key and a plan', () => {
  const before = template((stack) => {
    keyed(stack);
    retain(stack);
  });
  const [{ adopt, retain: toRetain }] = adoptionsIn(read(before));
  const shop = (more: Partial<RestGatewayProps> = {}) =>
    template(
      (stack) =>
        void new RestGateway(stack, 'Shop', {
          defaultAuthorizer: RestAuthorizer.none('as before'),
          routes: {
            'GET /': { integration: RestIntegration.mock() },
            'GET /orders': { integration: RestIntegration.mock() },
          },
          apiKeyRequired: true,
          usagePlans: { [Object.keys(adopt.usagePlans)[0]]: { apiKeys: Object.keys(adopt.apiKeys) } },
          webAcl: WebAcl.none('as before'),
          ...more,
        }),
    );
  const ids = Object.values(adopt).flatMap((one) => (typeof one === 'string' ? [one] : Object.values(one)));

  test('is moved with the value of its key', () => {
    expect(toRetain).toEqual([]);
    expect(ids).toHaveLength(5);
    const after = shop({ adopt: adopt as RestAdoptOptions });
    const cloud = new CloudFormation();
    cloud.deploy('Stack', before);
    const live = refs(cloud, ids);
    expect(cloud.deploy('Stack', after)).toEqual({ status: 'UPDATE_COMPLETE' });
    expect(refs(cloud, ids)).toEqual(live);
    expect(moves(before, after).filter(({ kind }) => kind !== 'changes')).toEqual([]);
  });

  test.each(Object.keys(adopt))('without adopt.%s something is lost, and the check says so', (option) => {
    const rest = Object.fromEntries(Object.entries(adopt).filter(([name]) => name !== option));
    const after = shop({ adopt: rest });
    const cloud = new CloudFormation();
    cloud.deploy('Stack', before);
    const live = refs(cloud, ids);
    const { failed } = cloud.deploy('Stack', after);
    const harm = moves(before, after).filter(({ kind }) => kind === 'lost' || kind === 'collides');
    // The API alone has the logical id of before under the same construct id.
    if (option === 'api') expect([failed, refs(cloud, ids), harm]).toEqual([undefined, live, []]);
    else {
      expect(failed !== undefined || JSON.stringify(refs(cloud, ids)) !== JSON.stringify(live)).toBe(true);
      expect(harm).not.toEqual([]);
    }
    if (failed) expect(harm.map(({ logicalId }) => logicalId)).toContain(failed.logicalId);
  });
});

describe('an HttpApi', () => {
  const before = template((stack) => {
    const api = new HttpApi(stack, 'Api');
    api.addRoutes({
      path: '/a',
      methods: [HttpMethod.GET],
      integration: new HttpUrlIntegration('I', 'https://example.com'),
    });
  });
  const after = template(
    (stack) =>
      void new HttpGateway(stack, 'Api', {
        defaultAuthorizer: HttpAuthorizer.none('as before'),
        routes: { 'GET /a': { integration: HttpIntegration.http('https://example.com') } },
      }),
  );

  test('is replaced under the same logical id, and the check says so', () => {
    const [{ logicalId, inPlace, adopt, notKept }] = adoptionsIn(read(before));
    const cloud = new CloudFormation();
    cloud.deploy('Stack', before);
    const live = cloud.refOf('Stack', logicalId);
    expect(cloud.deploy('Stack', after).status).toBe('UPDATE_COMPLETE');
    expect(cloud.refOf('Stack', logicalId)).not.toBe(live);
    expect(kinds(before, after)).toContain(`replaced ${logicalId}`);
    expect([inPlace, adopt]).toEqual([false, {}]);
    expect(notKept[0].why).toContain('ProtocolType');
  });

  test('stays beside a gateway of another construct id', () => {
    const both = {
      ...before,
      Resources: {
        ...before.Resources,
        ...template(
          (stack) =>
            void new HttpGateway(stack, 'Next', {
              defaultAuthorizer: HttpAuthorizer.none('as before'),
              routes: { 'GET /a': { integration: HttpIntegration.http('https://example.com') } },
            }),
        ).Resources,
      },
    };
    const cloud = new CloudFormation();
    cloud.deploy('Stack', before);
    expect(cloud.deploy('Stack', both).status).toBe('UPDATE_COMPLETE');
    expect(moves(before, both)).toEqual([]);
  });
});
