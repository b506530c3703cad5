import { type Owner } from '../authoring/errors';
import { pointer } from '../json-schema/subschemas';

/** Changes that were made to a document, as a warning. */
export interface OpenApiWarning {
  /** `OpenApi-TrailingSlashes` */
  readonly id: string;
  readonly message: string;
}

const PLACES_SHOWN = 20;

/** All errors of a document, and all changes that were made to it, each with its place. */
export class Report<Repair extends string> {
  private readonly errors: string[] = [];
  private readonly repairs = new Map<string, Set<string>>();

  /** @param texts the kinds of changes for API Gateway, and what they mean; each kind is one warning */
  constructor(private readonly texts: Readonly<Record<Repair, string>>) {}

  /** @param path keys from the root of the document; empty if the error is not in the document */
  public error(path: readonly string[], message: string): void {
    this.errors.push(path.length > 0 ? `${pointer(path)} ${message}` : message);
  }

  public repair(kind: Repair, path: readonly string[], detail = ''): void {
    const places = this.repairs.get(kind) ?? new Set<string>();
    this.repairs.set(kind, places.add(`${pointer(path)}${detail}`));
  }

  /** @throws if there is any error: one that lists all of them */
  public throwErrors(owner: Owner): void {
    const errors = [...new Set(this.errors)];
    if (errors.length === 0) return;
    throw owner.error(errors.length === 1 ? errors[0] : [`${errors.length} problems:`, ...errors].join('\n  '));
  }

  /** One warning for each kind of repair. */
  public get warnings(): OpenApiWarning[] {
    return [...this.repairs]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([kind, places]) => {
        const shown = [...places].slice(0, PLACES_SHOWN);
        const more = places.size - shown.length;
        const list = more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
        return { id: `OpenApi-${kind}`, message: `OpenAPI definition: ${this.texts[kind as Repair]}. At ${list}` };
      });
  }
}

/** A report that ignores repairs. */
export type Errors = Pick<Report<never>, 'error'>;
