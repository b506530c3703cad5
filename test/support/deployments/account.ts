import { nameOf } from './resource-types';
import { afterImport, afterMake, afterRemoval } from './routes';
import { type Properties } from './template';

/** Something that is there, whoever made it. */
export interface Thing {
  readonly type: string;
  /** What `Ref` gives. */
  readonly ref: string;
  /** Under which there is only one. */
  name?: string;
  properties: Properties;
  /** Of a REST API its routes, of a deployment those that it took. */
  routes?: readonly string[];
}

/** A resource that could not be made or changed. */
export class Refused extends Error {}

/** All that is in one account and Region: what stacks made, what they left behind, and what others made. */
export class Account {
  public readonly things = new Set<Thing>();

  /** @throws where there is one of the name */
  public make(type: string, ref: string, properties: Properties): Thing {
    const thing: Thing = { type, ref, properties };
    this.rename(thing, properties);
    this.things.add(thing);
    afterMake(thing, this.things);
    return thing;
  }

  /** @throws where the change takes a name that something else has */
  public change(thing: Thing, properties: Properties): void {
    this.rename(thing, properties);
    thing.properties = properties;
    afterImport(thing);
  }

  public remove(thing: Thing): void {
    afterRemoval(thing, this.things);
    this.things.delete(thing);
  }

  public copy(): [Account, ReadonlyMap<Thing, Thing>] {
    const account = new Account();
    const copies = new Map([...this.things].map((thing) => [thing, { ...thing }]));
    for (const thing of copies.values()) account.things.add(thing);
    return [account, copies];
  }

  /** What is there of a type, by name, else by reference. */
  public namesOf(type: string): string[] {
    return [...this.things].filter((thing) => thing.type === type).map(({ name, ref }) => name ?? ref);
  }

  private rename(thing: Thing, properties: Properties): void {
    const { type } = thing;
    const name = type === 'AWS::Lambda::Version' ? this.versionName(thing, properties) : nameOf(type, properties);
    const other = [...this.things].find((it) => it !== thing && it.type === type && it.name === name);
    if (name !== undefined && other) throw new Refused(`${type} "${name}" already exists`);
    thing.name = name;
  }

  /**
   * Lambda publishes nothing where code and configuration are those of the version before, and CloudFormation then says that
   * the version exists.
   */
  private versionName(thing: Thing, properties: Properties): string | undefined {
    if (thing.name !== undefined) return thing.name;
    const fn = [...this.things].find(
      ({ type, ref }) => type === 'AWS::Lambda::Function' && ref === properties.FunctionName,
    );
    const published = [...this.things].filter(
      ({ type, properties: its }) => type === 'AWS::Lambda::Version' && its.FunctionName === properties.FunctionName,
    );
    const name = fn && `${fn.ref} ${JSON.stringify(fn.properties)}`;
    // An older one with the same code is another version.
    const last = published.at(-1)?.name;
    return name === undefined || last?.replace(/ #\d+$/, '') === name ? last : `${name} #${published.length}`;
  }
}
