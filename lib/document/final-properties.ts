import { type CfnResource, Stack } from 'aws-cdk-lib';
import { canonical, copyOf, isSame, mapLeaves, merged } from './merged';
import { type Document } from './skeleton';
import { references } from './identities';
import { rawOverrides } from './spliced-body';

/** What CDK asks of an L1 when it makes the template; no part of its public interface, but of all L1s. */
export interface RenderedResource {
  /** Properties by the names of the L1, where what is not set is as the gateway says. */
  readonly written: (own: Document) => Document;
  /** What the gateway says of them; by default what they were when the resource was made. */
  readonly own?: () => Document;
  /** As in the template. */
  readonly render: (properties: Document) => Document;
  /** Overrides that are not merged into the resource itself. */
  readonly moreOverrides?: () => Document;
}

/** Properties that are not settings: the document is told apart by itself, tags are in the hands of CDK. */
const NO_SETTINGS = ['body', 'tags'];

/**
 * What became of the properties of an L1 since it was made: by assignment, a Mixin, an Aspect or an override. Asked anew each
 * time, since all of these may come until the template is made.
 */
export class FinalProperties {
  private readonly own: () => Document;

  constructor(
    private readonly resource: CfnResource,
    private readonly rendered: RenderedResource,
  ) {
    // A copy, since a list or a map may be changed in place.
    const made = rendered.own ? {} : (copyOf(rendered.written({})) as Document);
    this.own = rendered.own ?? (() => made);
  }

  /** Overrides of the document. */
  public get bodyOverrides(): unknown {
    return this.overrides.Body;
  }

  /** What a property is at last, tokens in it left as they are. */
  public valueOf(name: string): unknown {
    const { overrides } = this;
    const value = (this.resource as unknown as Document)[name];
    return capitalized(name) in overrides ? merged(value, overrides[capitalized(name)]) : value;
  }

  /** The final values, as the template has them, of all properties whose value is another than the gateway wrote. */
  public get changed(): ReadonlyMap<string, unknown> {
    return this.changedBy((value) => Stack.of(this.resource).resolve(value) as unknown);
  }

  /** The same for a hash: each reference by the identity of its target, wherever it is seen from. */
  public get changedIdentities(): ReadonlyMap<string, unknown> {
    return this.changedBy((value) => references(value, this.resource));
  }

  /** What the gateway says, as the template has it, with each reference as in `changedIdentities`. */
  public get ownIdentities(): Document {
    return this.rendered.render(references(settingsOf(this.own()), this.resource) as Document);
  }

  private changedBy(resolve: (value: unknown) => unknown): ReadonlyMap<string, unknown> {
    const { overrides } = this;
    const own = settingsOf(this.own());
    const now = settingsOf(this.rendered.written(own));
    const overridden = Object.keys(overrides).filter((name) => name !== 'Body');
    const names = [...new Set([...Object.keys(own), ...Object.keys(now)])].filter(
      (name) => overridden.includes(capitalized(name)) || !isSame(own[name], now[name]),
    );
    if (names.length === 0 && overridden.length === 0) return UNCHANGED;
    const render = (properties: Document): Document =>
      this.rendered.render(
        (resolve(Object.fromEntries(names.map((name) => [name, properties[name]]))) ?? {}) as Document,
      );
    const before = render(own);
    const after = { ...render(now) };
    for (const name of overridden) after[name] = merged(after[name], mapLeaves(overrides[name], resolve));
    const all = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return new Map(all.filter((name) => !saySame(before[name], after[name])).map((name) => [name, after[name]]));
  }

  private get overrides(): Document {
    const own = (rawOverrides(this.resource).Properties ?? {}) as Document;
    return { ...own, ...this.rendered.moreOverrides?.() };
  }
}

/** Whether the resource of an API says at last, in so many words, that its default endpoint is off. */
export function isSwitchedOff({ finalProperties }: { readonly finalProperties: FinalProperties }): boolean {
  return finalProperties.valueOf('disableExecuteApiEndpoint') === true;
}

const UNCHANGED: ReadonlyMap<string, unknown> = new Map();

function settingsOf(properties: Document): Document {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !NO_SETTINGS.includes(name)));
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** Off and nothing are the same for each switch of an API, and so are nothing and a list or a map without anything. */
function saySame(a: unknown, b: unknown): boolean {
  return canonical(plain(a)) === canonical(plain(b));
}

function plain(value: unknown): unknown {
  const isEmpty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  return value === false || value === undefined || isEmpty ? null : value;
}
