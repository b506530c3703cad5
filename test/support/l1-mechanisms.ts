import { type App, Aspects, type CfnResource, Mixin, Mixins } from 'aws-cdk-lib';
import { type IConstruct } from 'constructs';
import fc from 'fast-check';
import { type Json } from './stacks';

/** A property of an L1 with a value, or `undefined` to take it away. */
export interface Setting {
  /** As CloudFormation calls it. */
  readonly name: string;
  readonly value: unknown;
}

/** A way to put settings on an L1. */
export type Mechanism = (typeof MECHANISMS)[number];

const MECHANISMS = ['assign', 'override', 'override deep', 'addOverride', 'mixin', 'with', 'aspect'] as const;

/** What is put on an L1, how and when. */
export interface Change {
  readonly setting: Setting;
  readonly mechanism: Mechanism;
  /** Whether routes come after it. */
  readonly early: boolean;
  readonly priority: number;
}

/** Changes by any mechanism at any time of some of the settings, each of them once. */
export function changes(settings: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<Change[]> {
  const one = fc.constantFrom(...Object.keys(settings)).chain((name) =>
    fc.record({
      setting: settings[name].map((value) => ({ name, value })),
      mechanism: fc.constantFrom(...MECHANISMS),
      early: fc.boolean(),
      priority: fc.integer({ min: 1, max: 900 }),
    }),
  );
  return fc.uniqueArray(one, { selector: ({ setting }) => setting.name, maxLength: 3 });
}

/** Puts a setting on every L1 of the class below the scope. */
export function put(scope: IConstruct, l1: CfnResource, { setting, mechanism, priority }: Change): void {
  const { name, value } = setting;
  const isTarget = (construct: IConstruct): boolean => construct === l1;
  const assign = (construct: IConstruct): void => {
    (construct as Json)[camel(name)] = structuredClone(lowered(name, value));
  };
  class Puts extends Mixin {
    public override supports(construct: IConstruct): boolean {
      return isTarget(construct);
    }
    public applyTo(construct: IConstruct): void {
      assign(construct);
    }
  }
  switch (mechanism) {
    case 'assign':
      return assign(l1);
    case 'override':
      return value === undefined ? l1.addPropertyDeletionOverride(name) : l1.addPropertyOverride(name, value);
    case 'override deep':
      return deep(l1, name, value);
    case 'addOverride':
      return value === undefined
        ? l1.addDeletionOverride(`Properties.${name}`)
        : l1.addOverride(`Properties.${name}`, value);
    case 'mixin':
      Mixins.of(scope).apply(new Puts());
      return;
    case 'with':
      l1.with(new Puts());
      return;
    case 'aspect':
      return Aspects.of(scope).add({ visit: (construct) => isTarget(construct) && assign(construct) }, { priority });
  }
}

/** One override for each part of a map. */
function deep(l1: CfnResource, name: string, value: unknown): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return l1.addPropertyOverride(name, value);
  for (const [key, part] of Object.entries(value))
    l1.addPropertyOverride(`${name}.${key.replaceAll('.', '\\.')}`, part);
}

const camel = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** L1s have lower-case names inside of typed properties; policies and maps of names are as they are. */
function lowered(name: string, value: unknown): unknown {
  const isTyped = ['EndpointConfiguration', 'CorsConfiguration'].includes(name);
  if (!isTyped || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [camel(key), part]));
}

/** The template as the synthesis writes it. */
export function synthesized(app: App, stack: string, force = false): Json {
  return JSON.parse(JSON.stringify(app.synth({ force }).getStackByName(stack).template)) as Json;
}

/** As a text in which order says nothing, and neither do a switch that is off and what is empty. */
export function comparable(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => {
    if (item === false || (typeof item === 'object' && item !== null && Object.keys(item).length === 0))
      return undefined;
    return typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item;
  });
}
