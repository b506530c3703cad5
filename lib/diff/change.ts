import { type Location } from '../template/model/place';

/** What a change means for callers, most important first: `unknown` may be any of the others. */
export const CHANGE_CLASSES = ['breaking', 'opening', 'unknown', 'harmless'] as const;
export type ChangeClass = (typeof CHANGE_CLASSES)[number];

/** What a change is of. */
export type SubjectKind =
  | 'API'
  | 'route'
  | 'authorizer'
  | 'gateway response'
  | 'stage'
  | 'domain'
  | 'mapping'
  | 'routing rule'
  | 'usage plan'
  | 'API key';

/** One thing that callers see, and that is no longer as it was. */
export interface Change {
  readonly class: ChangeClass;
  readonly change: 'added' | 'removed' | 'changed';
  /** The name of the API; undefined for what belongs to no single one. */
  readonly api?: string;
  readonly kind: SubjectKind;
  /** `GET /orders`, the name of a stage… */
  readonly subject: string;
  /** `authorization`, `query parameter limit`…; undefined if the subject as a whole was added or removed. */
  readonly aspect?: string;
  readonly before?: string;
  readonly after?: string;
  /** What callers notice. */
  readonly why: string;
  /** The place in the new templates; of what was removed, in the old ones. */
  readonly location: Location;
  /** Which templates the place is in. */
  readonly side: 'before' | 'after';
}

/** The class of a change, and the reason. */
export interface Verdict {
  readonly class: ChangeClass;
  readonly why: string;
}
