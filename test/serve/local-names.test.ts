import { localNames } from '../../lib/serve/local-names';
import { readModel } from '../../lib/template/reader/read';
import { type CfnResourceBody } from '../../lib/template/reader/source';

const api = { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'orders' } };
const fn = { Type: 'AWS::Lambda::Function', Properties: {} };

const namesOf = (templates: Readonly<Record<string, Record<string, CfnResourceBody>>>) =>
  localNames(
    readModel(Object.entries(templates).map(([file, Resources]) => ({ file, template: { Resources }, bytes: 0 }))),
  );

test('a logical id that one template has is the name', () => {
  const nameOf = namesOf({ 'Prod.template.json': { Api: api }, 'Other.template.json': { List: fn } });
  expect(nameOf({ template: 'Prod.template.json', logicalId: 'Api' })).toBe('Api');
});

test.each([
  ['cdk.out/Prod.template.json', 'Prod-Api'],
  ['Shop.nested.template.json', 'Shop-Api'],
  ['shop.yaml', 'shop-Api'],
  ['legacy.template', 'legacy-Api'],
])('where several have it, that of %s is %s', (template, name) => {
  const nameOf = namesOf({ [template]: { Api: api }, 'Dev.template.json': { Api: api, List: fn } });
  expect(nameOf({ template, logicalId: 'Api' })).toBe(name);
  expect(nameOf({ template: 'Dev.template.json', logicalId: 'Api' })).toBe('Dev-Api');
  expect(nameOf({ template: 'Dev.template.json', logicalId: 'List' })).toBe('List');
});
