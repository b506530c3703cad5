import { type CfnResource, Stack } from 'aws-cdk-lib';
import { canonical, copyOf, isSame, mapLeaves, merged } from './merged';
import { type Document } from './skeleton';
import { references } from './identities';
import { rawOverrides } from './spliced-body';

/** The method of an L1 that CDK calls at synthesis; it is not part of its public interface, but all L1s have it. */
export interface RenderedResource {
  /** Properties by the names of the L1; unset ones have the gateway's values. */
  readonly written: (own: Document) => Document;
  /** The gateway's values; by default those from the creation of the resource. */
  readonly own?: () => Document;
  /** As in the template. */
  readonly render: (properties: Document) => Document;
  /** Overrides that are not merged into the resource itself. */
  readonly moreOverrides?: () => Document;
}

/** Properties that are not settings: the document is compared separately, and CDK manages tags. */
const NO_SETTINGS = ['body', 'tags'];

/**
 * The current properties of an L1: after assignments, Mixins, Aspects and overrides. Computed on each call,
 * since all of these are possible until synthesis.
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

  /** The final value of a property, with its tokens unresolved. */
  public valueOf(name: string): unknown {
    const { overrides } = this;
    const value = (this.resource as unknown as Document)[name];
    return capitalized(name) in overrides ? merged(value, overrides[capitalized(name)]) : value;
  }

  /** The final values, as in the template, of all properties that differ from the gateway's. */
  public get changed(): ReadonlyMap<string, unknown> {
    return this.changedBy((value) => Stack.of(this.resource).resolve(value) as unknown);
  }

  /** The same for a hash: each reference by the identity of its target, from wherever it is used. */
  public get changedIdentities(): ReadonlyMap<string, unknown> {
    return this.changedBy((value) => references(value, this.resource));
  }

  /** The gateway's values, as in the template, with each reference as in `changedIdentities`. */
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

/** Whether the resource of an API finally has its default endpoint explicitly off. */
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

/** Off and undefined are the same for each switch of an API, and so are undefined and an empty list or map. */
function saySame(a: unknown, b: unknown): boolean {
  return canonical(plain(a)) === canonical(plain(b));
}

function plain(value: unknown): unknown {
  const isEmpty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  return value === false || value === undefined || isEmpty ? null : value;
}
