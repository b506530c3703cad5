import { type Finding } from '../../../lib/checks/rule';
import { runRules } from '../../../lib/checks/run';
import { rule } from '../../../lib/checks/rules/deployment/REST-DEP2-change-creates-deployment';
import { inPlaceOf } from '../../../lib/template/reader/previous';
import { readModel } from '../../../lib/template/reader/read';
import { type TemplateSource } from '../../../lib/template/reader/source';
import { type Change, type Draft, goodBody, goodResources, type Json, source } from '../support';

/** What the rule says of a template, compared with what it was before. */
const gaps = (before: readonly TemplateSource[], after: readonly TemplateSource[]): Finding[] =>
  runRules(readModel(after, inPlaceOf(after, before, [])), [rule]);

function gap(good: () => Draft, change: Change, before: Change = () => undefined): string[] {
  const [old, now] = [good(), good()];
  before(old);
  before(now);
  change(now);
  return gaps([source(old.template)], [source(now.template)]).map(({ message }) => message);
}

const changed = (what: string): string =>
  `${what} changed since the previous assembly but Deployment did not, so its stages do not get the change`;
/** Under another logical id, as CloudFormation wants a new deployment. */
const renamed: Change = (draft) => {
  draft.resources.Deployment2 = draft.resources.Deployment;
  delete draft.resources.Deployment;
  draft.set('Stage', { DeploymentId: { Ref: 'Deployment2' } });
};
const imported = { 'Fn::ImportValue': 'x' };
const operation = {
  'x-amazon-apigateway-integration': { type: 'mock', requestTemplates: { 'application/json': '{"statusCode":200}' } },
};
const parts = (draft: Draft): Json => draft.body.components;

describe('a change under a deployment that stays is found', () => {
  test.each<[string, Change, string]>([
    ['an integration', (draft) => (draft.integration.TimeoutInMillis = 5000 as unknown as Json), 'GET /orders/{id}'],
    ['a method', (draft) => draft.set('GetOrder', { AuthorizationType: 'AWS_IAM' }), 'GET /orders/{id}'],
    ['an authorizer', (draft) => draft.set('Authorizer', { IdentitySource: 'method.request.header.x' }), 'Authorizer'],
    ['a new method', (draft) => addMethod(draft), 'DELETE /orders'],
    ['a removed method', (draft) => delete draft.resources.GetOrder, 'GET /orders/{id}'],
    ['a path', (draft) => draft.set('Order', { PathPart: '{key}' }), 'Order'],
    ['the policy', (draft) => draft.set('Api', { Policy: { Statement: [] } }), 'Policy'],
    ['binary types', (draft) => draft.set('Api', { BinaryMediaTypes: ['image/png'] }), 'BinaryMediaTypes'],
  ])('%s, in resources', (_, change, what) => {
    expect(gap(goodResources, change)).toEqual([expect.stringContaining(changed(what))]);
    expect(gap(goodResources, (draft) => (change(draft), renamed(draft)))).toEqual([]);
  });

  test.each<[string, Change, string]>([
    [
      'an operation',
      (draft) => (draft.call('get', '/orders/{id}').timeoutInMillis = 5 as unknown as Json),
      'GET /orders/{id}',
    ],
    ['a new operation', (draft) => (draft.body.paths['/new'] = { delete: operation } as never), 'DELETE /new'],
    ['a removed path', (draft) => delete draft.body.paths['/orders/{id}'], 'GET /orders/{id}'],
    ['the authorizer', (draft) => (draft.scheme.type = 'request' as unknown as Json), 'users'],
    ['a schema', (draft) => (parts(draft).schemas = { Order: { type: 'array' } } as never), 'Order'],
    [
      'an extension',
      (draft) => (draft.body['x-amazon-apigateway-api-key-source'] = 'AUTHORIZER' as never),
      'x-amazon-apigateway-api-key-source',
    ],
  ])('%s, in a Body', (_, change, what) => {
    expect(gap(goodBody, change).join()).toContain(what);
    expect(gap(goodBody, change).join()).toContain('but Deployment did not');
    expect(gap(goodBody, (draft) => (change(draft), renamed(draft)))).toEqual([]);
  });

  test('of a definition that is elsewhere, by the key of its asset', () => {
    const elsewhere = (key: string) => (draft: Draft) => {
      draft.unset('Api', 'Body');
      draft.set('Api', { BodyS3Location: { Bucket: 'assets', Key: `${key.repeat(64)}.json` } });
    };
    expect(gap(goodBody, elsewhere('b'), elsewhere('a'))).toEqual([changed('BodyS3Location')]);
  });

  test('of a stage that the deployment makes', () => {
    const implicit = (draft: Draft): void => {
      delete draft.resources.Stage;
      draft.set('Deployment', { StageName: 'prod' });
    };
    const messages = gap(goodResources, (draft) => draft.set('GetOrder', { AuthorizationType: 'NONE' }), implicit);
    expect(messages).toEqual([changed('GET /orders/{id}')]);
  });

  test('in a nested stack, whose methods get the API as a parameter', () => {
    const top = goodResources();
    top.add('Nested', 'AWS::CloudFormation::Stack', { Parameters: { Api: { Ref: 'Api' }, Root: { Ref: 'Orders' } } });
    const nested = (AuthorizationType: string): TemplateSource[] => {
      const Properties = {
        ...{ RestApiId: { Ref: 'Api' }, ResourceId: { Ref: 'Root' }, HttpMethod: 'PUT', AuthorizationType },
        Integration: { Type: 'MOCK' },
      };
      const Parameters = { Api: { Type: 'String' }, Root: { Type: 'String' } };
      const template = { Parameters, Resources: { Put: { Type: 'AWS::ApiGateway::Method', Properties } } };
      const parent = { file: 'top.json', logicalId: 'Nested' };
      return [source(top.template, 'top.json'), source(template, 'nested.json', { parent })];
    };
    const found = (before: string, after: string): string[] =>
      gaps(nested(before), nested(after)).map(({ message }) => message);
    expect(found('AWS_IAM', 'AWS_IAM')).toEqual([]);
    expect(found('AWS_IAM', 'NONE')).toEqual([changed('PUT /orders')]);
  });
});

function addMethod(draft: Draft): void {
  const { Integration, AuthorizationType, AuthorizerId } = draft.props('GetOrder');
  draft.add('Delete', 'AWS::ApiGateway::Method', {
    ...{ RestApiId: { Ref: 'Api' }, ResourceId: { Ref: 'Orders' }, HttpMethod: 'DELETE' },
    ...{ Integration, AuthorizationType, AuthorizerId },
  });
}

describe('what reaches callers, or cannot be told, is let be', () => {
  const edit: Change = (draft) => draft.set('GetOrder', { AuthorizationType: 'NONE' });

  test.each<[string, () => Draft, Change]>([
    ['nothing', goodResources, () => undefined],
    ['the name and the description', goodResources, (draft) => draft.set('Api', { Name: 'x', Description: 'y' })],
    ['the title of a definition', goodBody, (draft) => (draft.body.info = { title: 'x', version: '2' } as never)],
    ['the settings of a stage', goodResources, (draft) => draft.set('Stage', { TracingEnabled: false })],
    ['the description of a deployment', goodResources, (draft) => draft.set('Deployment', { Description: 'x' })],
    ['a value that cannot be told', goodResources, (draft) => draft.set('GetOrder', { AuthorizationType: imported })],
    ['an API that is new', goodResources, (draft) => draft.add('Other', 'AWS::ApiGateway::RestApi', { Name: 'other' })],
    ['a definition that went elsewhere', goodBody, (draft) => draft.set('Api', { Body: imported })],
  ])('%s', (_, good, change) => {
    expect(gap(good, change)).toEqual([]);
    expect(gap(good, () => undefined, change)).toEqual([]);
  });

  test('the same, written otherwise', () => {
    const uri = (Uri: unknown) => (draft: Draft) => (draft.integration.Uri = Uri as Json);
    const join = { 'Fn::Join': ['', ['https://', { Ref: 'AWS::Region' }, '.example.com']] };
    const sub = { 'Fn::Sub': 'https://${AWS::Region}.example.com' };
    expect(gap(goodResources, uri(sub), uri(join))).toEqual([]);
    expect(gap(goodResources, uri('https://example.com'), uri(join))).toEqual([changed('GET /orders/{id}')]);
  });

  test('a change that another deployment of the API takes along', () => {
    const beside = (draft: Draft): void => {
      edit(draft);
      draft.add('Fresh', 'AWS::ApiGateway::Deployment', { RestApiId: { Ref: 'Api' } });
    };
    expect(gap(goodResources, beside)).toEqual([]);
  });

  test('a change to an API whose deployment no stage serves', () => {
    expect(gap(goodResources, edit, (draft) => delete draft.resources.Stage)).toEqual([]);
  });

  test('templates without an earlier one', () => {
    const [old, now] = [goodResources(), goodResources()];
    edit(now);
    expect(gaps([], [source(now.template)])).toEqual([]);
    const other = source({ Resources: {} }, 'other.json');
    expect(gaps([source(old.template, 'gone.json'), other], [source(now.template, 'new.json'), other])).toEqual([]);
  });
});

test('earlier templates are known by name, by folder, by stack, and where there is one each', () => {
  const named = (file: string, more: Partial<TemplateSource> = {}) => source({}, file, more);
  const files = (current: TemplateSource[], previous: TemplateSource[], roots: string[] = []) =>
    inPlaceOf(current, previous, roots).map(({ file, parent }) => (parent ? [file, parent.file] : file));
  const child = named('child.json', { parent: { file: 'a.json', logicalId: 'N' } });
  expect(files([named('a.json'), named('b.json')], [named('a.json'), named('c.json')])).toEqual([
    'a.json',
    'previous/c.json',
  ]);
  expect(files([named('out/a.json'), named('out/child.json')], [named('a.json'), child], ['out'])).toEqual([
    'out/a.json',
    ['out/child.json', 'out/a.json'],
  ]);
  expect(files([named('x.json', { stackName: 'S' }), child], [named('y.json', { stackName: 'S' }), child])[0]).toBe(
    'x.json',
  );
  expect(files([named('now.yaml')], [named('then.yaml')])).toEqual(['now.yaml']);
});
