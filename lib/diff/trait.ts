import { type Location } from '../template/model/place';
import { type SubjectKind, type Verdict } from './change';

/** A value as it is compared and shown. */
export interface Shown {
  /** Equal for equal values; of a value that is unknown, equal if it is written the same. */
  readonly key: string;
  readonly text: string;
  /** Whether different keys are known to be different values: no reference is in it. */
  readonly isSure: boolean;
  /** What a rule needs beyond the text. */
  readonly data?: unknown;
}

/** Judges two different values, of which both are sure; without a verdict callers cannot tell them apart. */
export type Judge = (before: Shown | undefined, after: Shown | undefined) => Verdict | undefined;

/** How changes of a trait are classed. */
export interface Rule {
  readonly judge: Judge;
  /** The class does not depend on the values, so it holds for unknown ones too. */
  readonly isForAll?: boolean;
  /** Whether it needs no value to judge that something was added or removed. */
  readonly isOfPresence?: boolean;
  /** Says nothing if only one of the two has the trait: another one, of which it is a part, tells the difference. */
  readonly isForBoth?: boolean;
}

/** One thing that can be said of a subject. */
export interface Trait {
  readonly name: string;
  readonly rule: Rule;
  /** One value; undefined if there is none, as where the trait is absent. */
  readonly value?: Shown;
  /** Several values, each of which is compared for itself; undefined if it is not a list, or an unknown one. */
  readonly elements?: readonly Shown[];
  /** Whether one of a list makes another superfluous: `*`. */
  readonly covers?: (wide: Shown, narrow: Shown) => boolean;
  /** Whether it is what the service takes if nothing is written, and so not worth a line of text. */
  readonly isDefault?: boolean;
  readonly location?: Location;
}

/** A route, a stage, a domain…: its name, and all that callers see of it. */
export interface Subject {
  readonly kind: SubjectKind;
  /** Equal for the same thing in two templates. */
  readonly key: string;
  readonly label: string;
  readonly location: Location;
  readonly traits: readonly Trait[];
  /** Without a verdict, others tell what it means that it is there. */
  readonly added?: Verdict;
  readonly removed?: Verdict;
  /** What is written there, for changes that no trait knows; undefined if it is spread over several resources. */
  readonly written?: unknown;
}

/** An API as callers see it. */
export interface ApiSurface {
  readonly kind: 'rest' | 'http' | 'websocket';
  readonly name: string;
  readonly location: Location;
  /** As CDK wrote it down. */
  readonly constructPath?: string;
  /** The name, if it is known. */
  readonly knownName?: string;
  readonly self: Subject;
  readonly routes: readonly Subject[];
  readonly others: readonly Subject[];
}

/** All that the templates show of APIs. */
export interface Surface {
  readonly apis: readonly ApiSurface[];
  /** Domains, mappings, usage plans and keys, which may belong to several APIs. */
  readonly shared: readonly Subject[];
}
