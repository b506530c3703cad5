import { App, type Environment, Stack } from 'aws-cdk-lib';
import {
  HttpAuthorizer,
  HttpGateway,
  HttpIntegration,
  RestAuthorizer,
  RestGateway,
  RestIntegration,
  WebAcl,
} from '../../lib';
import { cfnValidateFindings, nagFindings } from '../support/strict';
import { fn, templateOf } from '../support/stacks';

function built(env?: Environment): { app: App; stack: Stack } {
  const app = new App();
  const stack = new Stack(app, 'Shop', { env });
  const code = fn(stack, 'Fn');
  new RestGateway(stack, 'Rest', {
    definitionAsAsset: true,
    defaultAuthorizer: RestAuthorizer.iam(),
    webAcl: WebAcl.none('test'),
    routes: { 'GET /': { integration: RestIntegration.lambda(code) } },
  });
  new HttpGateway(stack, 'Http', {
    definitionAsAsset: true,
    defaultAuthorizer: HttpAuthorizer.iam(),
    routes: { 'GET /': { integration: HttpIntegration.lambda(code) } },
  });
  return { app, stack };
}

test.each<Environment | undefined>([{ account: '111111111111', region: 'eu-west-1' }, undefined])(
  'what stores a definition has no finding in the packs of cdk-nag (environment: %j)',
  (env) => {
    const { app } = built(env);
    const found = nagFindings(app).filter((finding) => /Definition/.test(JSON.stringify(finding)));
    expect(found).toEqual([]);
  },
);

test('and none in CloudFormation Validate, warnings included', () => {
  expect(cfnValidateFindings(JSON.stringify(templateOf(built().stack)))).toEqual([]);
});
