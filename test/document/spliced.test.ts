import { App, CfnParameter, CfnResource, Lazy, Stack } from 'aws-cdk-lib';
import fc from 'fast-check';
import { SplicedBody } from '../../lib/document/spliced-body';
import { SplicedList } from '../../lib/document/spliced-list';
import { type Json } from '../support/stacks';

/** A stack, with a reference to a resource of it, and a number that only CloudFormation knows. */
function made(): { stack: Stack; ref: string; limit: number } {
  const stack = new Stack(new App(), 'Stack');
  return {
    stack,
    ref: new CfnResource(stack, 'Target', { type: 'Test::Target' }).ref,
    limit: new CfnParameter(stack, 'Limit', { type: 'Number' }).valueAsNumber,
  };
}

/** The body in the template that CDK puts together, before it is written. */
function bodyOf(stack: Stack): Json {
  return (stack as unknown as { _toCloudFormation(): Json })._toCloudFormation().Resources.Api.Properties.Body;
}

const rendered = (stack: Stack): Json => JSON.parse(JSON.stringify(bodyOf(stack)));

describe('a list as one token', () => {
  test('comes to what CDK makes of the list itself, tokens of every kind included', () => {
    const { stack, ref, limit } = made();
    const value = fc.oneof(
      fc.constant(limit),
      fc.constant(ref),
      fc.constant(`a-${ref}-b`),
      fc.constant(Lazy.any({ produce: () => ({ lazy: [ref] }) })),
      fc.constant(undefined),
      fc.string({ maxLength: 4 }),
      fc.integer(),
      fc.boolean(),
    );
    const element = fc.dictionary(fc.constantFrom('a', 'b', 'c'), value);
    fc.assert(
      fc.property(fc.array(element, { maxLength: 4 }), (list) => {
        expect(stack.resolve(new SplicedList(() => list))).toEqual(stack.resolve(list));
      }),
    );
  });

  test('is made anew each time', () => {
    const { stack } = made();
    const list = [{ a: 1 }];
    const token = new SplicedList(() => list);
    stack.resolve(token);
    list.push({ a: 2 });
    expect(stack.resolve(token)).toEqual([{ a: 1 }, { a: 2 }]);
  });
});

describe('the finished document', () => {
  function resource(stack: Stack, document: { [key: string]: unknown }): CfnResource {
    const body = new SplicedBody(() => document);
    const api = new CfnResource(stack, 'Api', { type: 'Test::Api', properties: { Body: body } });
    body.belongsTo(api);
    return api;
  }

  test('is plain data, in a template that is put together of it as well', () => {
    const { stack, ref } = made();
    resource(stack, { paths: { '/a': { x: ref, y: undefined } }, tags: ['t'] });
    const body = bodyOf(stack);
    expect(body).toEqual({ paths: { '/a': { x: { Ref: 'Target' } } }, tags: ['t'] });
    expect(Object.keys(body)).toEqual(['paths', 'tags']);
    expect(rendered(stack)).toEqual({ paths: { '/a': { x: { Ref: 'Target' } } }, tags: ['t'] });
    expect(stack.resolve(body)).toEqual(body);
  });

  test('is in the template what later calls make of it, not what the first one did', () => {
    const { stack, ref } = made();
    const document: { [key: string]: unknown } = { paths: { '/a': ref } };
    const body = new SplicedBody(() => document);
    body.belongsTo(new CfnResource(stack, 'Api', { type: 'Test::Api', properties: { Body: body } }));
    expect(rendered(stack)).toEqual({ paths: { '/a': { Ref: 'Target' } } });
    document.paths = { '/b': 'plain' };
    body.invalidate();
    expect(rendered(stack)).toEqual({ paths: { '/b': 'plain' } });
  });

  test('takes overrides without keeping them', () => {
    const { stack } = made();
    const document = { paths: { '/a': { x: 1 } } };
    const api = resource(stack, document);
    expect(rendered(stack)).toEqual(document);
    api.addPropertyOverride('Body.paths./a.x', 2);
    expect(rendered(stack)).toEqual({ paths: { '/a': { x: 2 } } });
    expect(document).toEqual({ paths: { '/a': { x: 1 } } });
  });
});
