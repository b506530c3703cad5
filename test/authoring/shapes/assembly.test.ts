import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import * as lib from '../../../lib';
import { Owner } from '../../../lib/authoring/errors';
import { ShapeCheck } from '../../../lib/authoring/shapes/check';
import {
  type AssemblyMethod,
  type AssemblySlot,
  type Declared,
  instance,
  legal,
  legalStruct,
  propertiesOf,
  STRUCTS,
  structOfType,
  TYPES,
} from './support';

const library = lib as unknown as Readonly<Record<string, unknown>>;
const check = (struct: Declared, given: unknown) => () =>
  new ShapeCheck(() => new Owner('Here')).parameter({ name: 'options', shape: struct.name, optional: false }, given);

/** What is no value of the type, whatever the type is. */
const WRONG = Symbol('wrong');

test('the data is of the assembly beside it', () => {
  const data = JSON.parse(readFileSync(join(__dirname, '../../../assets/shapes/index.json'), 'utf8')) as {
    structs: Record<string, { props: Record<string, unknown> }>;
  };
  const inData = Object.entries(data.structs).map(([name, { props }]) => [name, Object.keys(props).sort()]);
  const inAssembly = STRUCTS.map((struct) => [
    struct.name,
    propertiesOf(struct)
      .map(({ name, optional }) => `${name}${optional ? '?' : ''}`)
      .sort(),
  ]);
  expect(Object.fromEntries(inData)).toEqual(Object.fromEntries(inAssembly));
  expect(STRUCTS.length).toBeGreaterThan(100);
});

describe.each(STRUCTS.map((struct) => [struct.name, struct] as const))('%s', (_, struct) => {
  const given = legalStruct(struct);

  test('is taken with what it must have, and with all that it may have', () => {
    expect(check(struct, given)).not.toThrow();
    const all = Object.fromEntries(propertiesOf(struct).map(({ name, type }) => [name, legal(type)]));
    expect(check(struct, all)).not.toThrow();
  });

  test('an option that it lacks is an error', () => {
    expect(check(struct, { ...given, zzz: 1 })).toThrow('Here: has no option "zzz".');
    expect(check(struct, { ...given, zzz: undefined })).not.toThrow();
  });

  test('each option is held against its type', () => {
    for (const { name, type, optional } of propertiesOf(struct)) {
      const taken = type.primitive === 'any' || type.collection?.elementtype.primitive === 'any';
      if (!taken)
        expect(check(struct, { ...given, [name]: WRONG })).toThrow(new RegExp(`^Here: ${name} must be .*, got: `));
      expect(check(struct, { ...given, [name]: null })).toThrow(`Here: ${name} is null; pass `);
      if (!optional) expect(check(struct, { ...given, [name]: undefined })).toThrow(`Here: ${name} is missing; pass `);
    }
  });
});

describe('every call of the public surface', () => {
  const classes = TYPES.filter(({ kind }) => kind === 'class');
  // What is abstract is written by whoever extends the class.
  const methods = classes.flatMap((type) =>
    (type.methods ?? []).filter((method) => !method.abstract).map((method) => [type, method] as const),
  );
  const withOptions = methods.filter(([, { parameters = [] }]) => parameters.some(({ type }) => structOfType(type)));

  const call =
    (type: Declared, { name, static: isStatic }: AssemblyMethod, given: readonly unknown[]) =>
    () => {
      const holder = library[type.name] as { readonly prototype: object };
      const target = (isStatic ? holder : Object.create(holder.prototype)) as Record<
        string,
        (...args: unknown[]) => unknown
      >;
      return target[name](...given);
    };
  const argument = (slot: AssemblySlot, options: object) => (structOfType(slot.type) ? options : legal(slot.type));

  test.each(withOptions.map(([type, method]) => [`${type.name}.${method.name}`, type, method] as const))(
    '%s knows its options',
    (_, type, method) => {
      const given = (method.parameters ?? []).map((slot) => argument(slot, { zzz: 1 }));
      expect(call(type, method, given)).toThrow(/has no option "zzz"/);
    },
  );

  test.each(
    methods
      .filter(([, { parameters = [] }]) => parameters.some(({ optional, variadic }) => !optional && !variadic))
      .map(([type, method]) => [`${type.name}.${method.name}`, type, method] as const),
  )('%s needs what it needs', (_, type, method) => {
    const required = (method.parameters ?? []).filter(({ optional, variadic }) => !optional && !variadic);
    const taken = required.findIndex(({ type: of }) => of.primitive !== 'any');
    if (taken < 0) return;
    const given = required.slice(0, taken).map(({ type: of }) => legal(of));
    expect(call(type, method, given)).toThrow(`${required[taken].name} is missing; pass `);
  });

  test.each(
    classes
      .filter(({ initializer }) => initializer?.parameters?.some(({ type }) => structOfType(type)))
      .map((type) => [type.name, type] as const),
  )('new %s knows its props', (name, type) => {
    const stack = new Stack(new App(), 'Stack');
    const given = (type.initializer?.parameters ?? []).map((slot) =>
      slot.name === 'scope' ? stack : argument(slot, { zzz: 1 }),
    );
    const Class = library[name] as new (...args: unknown[]) => unknown;
    expect(() => new Class(...given)).toThrow(/has no option "zzz"/);
  });

  test('an instance with every member is taken where one is asked for', () => {
    expect(() => lib.HttpAuthorizer.lambda(instance() as never, { zzz: 1 } as never)).toThrow(/has no option "zzz"/);
  });
});

/** `RestRouteOptions`, `HttpRouteOptions` and `WebSocketRouteOptions` are one family. */
describe('what one kind of API has and another lacks', () => {
  const KINDS = ['Rest', 'Http', 'WebSocket'];
  const family = (name: string) => KINDS.map((kind) => STRUCTS.find((one) => one.name === `${kind}${name}`));
  const names = new Set(
    STRUCTS.flatMap(({ name }) => {
      const [, rest] = /^(?:Rest|Http|WebSocket)(.+)$/.exec(name) ?? [];
      return rest === undefined ? [] : [rest];
    }),
  );
  const foreign = [...names].flatMap((name) => {
    const kinds = family(name).filter((one) => one !== undefined);
    return kinds.flatMap((struct) => {
      const own = new Set(propertiesOf(struct).map((slot) => slot.name));
      const others = new Set(kinds.flatMap((one) => propertiesOf(one).map((slot) => slot.name)));
      return [...others].filter((option) => !own.has(option)).map((option) => [struct.name, option, struct] as const);
    });
  });

  test.each(foreign)('%s: %s is refused with advice', (_, option, struct) => {
    expect(check(struct, { ...legalStruct(struct), [option]: true })).toThrow(new RegExp(`^Here: ${option}: .{20,}`));
  });

  test('there are many', () => {
    expect(foreign.length).toBeGreaterThan(150);
    expect(foreign.map(([name, option]) => `${name}.${option}`)).toEqual(
      expect.arrayContaining(['RestGatewayProps.disableSchemaValidation', 'WebSocketStageRouteOptions.cache']),
    );
  });
});
