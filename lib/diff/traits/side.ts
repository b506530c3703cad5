import { type AnyStage, type ApiModel } from '../../template/model/model';
import { Expression } from '../../template/model/expression';
import { type Location, type ResourceRef, sameResource } from '../../template/model/place';
import { type Resolved } from '../../template/model/resolved';
import { isLiteral, type Text } from '../../template/model/text';
import { isKnown, UNKNOWN, type Value } from '../../template/model/value';
import { type Rule, type Shown, type Trait } from '../trait';
import { type Written } from '../written';

export const UNKNOWN_SHOWN = '(unknown)';

/** One of the two sets of templates, and how its values are compared. */
export class Side {
  constructor(
    public readonly model: ApiModel,
    public readonly written: Written,
  ) {}

  public of(location: Location): Traits {
    return new Traits(this, location);
  }

  public text(text: Text, location: Location): Shown {
    const key = this.written.keyOf(text);
    if (key === undefined) return this.unknown(location, String(text));
    return { key, text: String(text), isSure: isLiteral(text) };
  }

  /** The name of a stage, also of one that is referred to. */
  public stageName(stage: ResourceRef | undefined, written: Text | undefined): Text | undefined {
    const { restApis, httpApis, webSocketApis } = this.model;
    const all = [...restApis, ...httpApis, ...webSocketApis].flatMap(({ stages }): readonly AnyStage[] => stages);
    const made = stage && all.find(({ location }) => sameResource(location, stage));
    return made && isKnown(made.stageName) ? made.stageName : written;
  }

  /** A value of which only the deployment will know something. */
  public unknown(location: Location, text = UNKNOWN_SHOWN): Shown {
    return { key: `\0${text}${this.written.functionsAt(location)}`, text, isSure: false };
  }

  /** JSON; references in it make it unsure only if they are compared with something else. */
  public json(value: Resolved | undefined, location: Location): Shown {
    let isSure = true;
    const keyed = (one: Resolved | undefined): unknown => {
      if (typeof one !== 'object' || one === null) return one;
      if (one instanceof Expression) {
        isSure = false;
        return this.text(one, location).key;
      }
      if (Array.isArray(one)) return (one as readonly Resolved[]).map(keyed);
      return Object.fromEntries(
        Object.entries(one)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, each]) => [name, keyed(each as Resolved)]),
      );
    };
    const plain = keyed(value);
    const key = JSON.stringify(plain) ?? '';
    return { key, text: key, isSure, data: plain };
  }
}

/** Collects the traits of one subject. */
export class Traits {
  public readonly all: Trait[] = [];

  constructor(
    public readonly side: Side,
    public readonly location: Location,
  ) {}

  /** @param byDefault what the service takes where the template does not say */
  public value(
    name: string,
    value: Value<string | number | boolean> | undefined,
    rule: Rule,
    byDefault?: string | number | boolean,
    location = this.location,
  ): this {
    const given = value ?? byDefault;
    if (given === undefined) return this;
    const shown =
      given === UNKNOWN ? this.side.unknown(location) : { key: String(given), text: String(given), isSure: true };
    return this.add({ name, rule, value: shown, isDefault: given === byDefault, location });
  }

  public text(name: string, text: Text | undefined, rule: Rule, location = this.location): this {
    return text === undefined ? this : this.add({ name, rule, value: this.side.text(text, location), location });
  }

  public list(
    name: string,
    values: Value<readonly Text[]> | undefined,
    rule: Rule,
    covers?: (wide: string, narrow: string) => boolean,
    location = this.location,
  ): this {
    if (values === UNKNOWN) return this.add({ name, rule, value: this.side.unknown(location), location });
    return this.add({
      name,
      rule,
      elements: (values ?? []).map((one) => this.side.text(one, location)),
      isDefault: (values ?? []).length === 0,
      location,
      ...(covers && { covers: (wide: Shown, narrow: Shown) => covers(wide.key, narrow.key) }),
    });
  }

  public add(trait: Trait): this {
    this.all.push(trait);
    return this;
  }
}
