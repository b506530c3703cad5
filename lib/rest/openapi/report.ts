import { type Owner } from '../../shared/errors';
import { pointer } from '../../shared/json-schema/subschemas';

/** What is changed so that API Gateway takes the document, and what that means. Each kind is one warning. */
export const REPAIRS = {
  Annotations:
    'example, examples, default, xml, externalDocs, deprecated and x-… are not taken in a model and left out; requests are checked as before',
  BodyOfGet: 'a GET or HEAD request has no body that counts, so that its requestBody is left out',
  BodyType:
    'a body of this content type is not checked: API Gateway checks JSON, and one content type of each operation',
  Cookies: 'cookie parameters are unknown to API Gateway and left out; the integration gets the Cookie header as it is',
  Discriminator: 'discriminator is not supported and left out; oneOf and anyOf are checked without it',
  ExclusiveBounds:
    'exclusiveMinimum and exclusiveMaximum with a number are of a later JSON Schema, and are written as draft-04 has them',
  Formats:
    'the number formats int32, int64 and decimal are not supported and left out; give minimum and maximum where the range matters',
  HeadersOfHttp: 'header parameters Accept, Content-Type and Authorization mean nothing in OpenAPI and are left out',
  ModelNames: 'model names have letters and digits only, so that schemas get other names',
  Nullable:
    'null is lost when API Gateway imports a model, so that "type" is left out where null may come; the other keywords still hold',
  Open: 'the document leaves the operation open, and defaultAuthorizer stands before it; to open it: authorizers: { <operation>: RestAuthorizer.none(reason) }',
  OptionalBody:
    'the body may be missing by the document, but is checked whenever the operation is called; write required: true',
  ParameterNames: 'API Gateway takes no parameter of this name, so that it is passed on unchecked',
  PathStyles:
    'path parameters of style label or matrix reach the integration as they stand in the URL, with "." or ";"',
  QueryObjects: 'an object in the query has no parameter of its own name, so that it is passed on unchecked',
  ReadOnly: 'readOnly and writeOnly are not supported and left out, and a readOnly property is required of no request',
  RefSiblings: 'what stands beside $ref means nothing in OpenAPI 3.0 and is left out',
  Scopes: 'scopes are checked by Cognito authorizers only; check them in the integration',
  SecurityAlternatives: 'of several alternatives in security the one with an authorizer counts; the others are refused',
  TrailingSlashes: 'a path of a REST API does not end in "/"; it is left out',
} as const;
export type Repair = keyof typeof REPAIRS;

const PLACES_SHOWN = 20;

/** All that is wrong with a document, and all that has been changed in it, each with its place. */
export class Report {
  private readonly errors: string[] = [];
  private readonly repairs = new Map<Repair, Set<string>>();

  /** @param path keys from the root of the document; empty where the document is not to blame */
  public error(path: readonly string[], message: string): void {
    this.errors.push(path.length > 0 ? `${pointer(path)} ${message}` : message);
  }

  public repair(kind: Repair, path: readonly string[], detail = ''): void {
    const places = this.repairs.get(kind) ?? new Set<string>();
    this.repairs.set(kind, places.add(`${pointer(path)}${detail}`));
  }

  /** @throws where there is any error: one that names all of them */
  public throwErrors(owner: Owner): void {
    const errors = [...new Set(this.errors)];
    if (errors.length === 0) return;
    throw owner.error(errors.length === 1 ? errors[0] : [`${errors.length} problems:`, ...errors].join('\n  '));
  }

  /** One warning for each kind of repair. */
  public get warnings(): { readonly id: string; readonly message: string }[] {
    return [...this.repairs]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([kind, places]) => {
        const shown = [...places].slice(0, PLACES_SHOWN);
        const more = places.size - shown.length;
        const list = more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
        return { id: `OpenApi-${kind}`, message: `OpenAPI definition: ${REPAIRS[kind]}. At ${list}` };
      });
  }
}
