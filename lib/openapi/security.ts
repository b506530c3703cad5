import { isObject, type Schema } from '../json-schema/subschemas';
import { show } from '../authoring/errors';
import { suggest } from '../lookup/nearest';
import { type Operation } from './operations';
import { type References } from './references';
import { type SharedRepair } from './repairs';
import { type Report } from './report';
import { type OpenApiTarget } from './target';
import { at } from '../lookup/named';

/** What an authorizer comes to on an operation, whatever the kind of API. */
export type DescribeAuthorizer<Authorizer> = (
  authorizer: Authorizer,
  operation: Operation,
) => { readonly kind: string; readonly name: string };

/** The security requirement of an operation. */
export interface OperationSecurity<Authorizer> {
  /** Undefined: the gateway's default. */
  readonly authorizer?: Authorizer;
  readonly scopes?: string[];
  readonly apiKeyRequired: boolean;
}

/** One way to satisfy `security`: scheme → scopes. */
interface Alternative {
  readonly place: readonly string[];
  readonly schemes: readonly (readonly [name: string, scopes: string[]])[];
}

const API_KEY = { apiKeyRequired: true };

/** Finds the authorizer of each operation. */
export class Security<Authorizer extends object> {
  private readonly schemes: Schema;
  /** The schemes that correspond to an API key of API Gateway. */
  private readonly keySchemes: readonly string[];
  /** Those of them that the API checks itself. */
  private readonly apiKeys: readonly string[];

  constructor(
    private readonly document: Schema,
    private readonly authorizers: { readonly [key: string]: Authorizer },
    private readonly defaultAuthorizer: Authorizer | undefined,
    private readonly describe: DescribeAuthorizer<Authorizer>,
    private readonly target: OpenApiTarget,
    private readonly references: References,
    private readonly report: Report<SharedRepair>,
  ) {
    const { components } = document;
    this.schemes = isObject(components) && isObject(components.securitySchemes) ? components.securitySchemes : {};
    this.keySchemes = Object.keys(this.schemes).filter((name) => this.isApiKey(name));
    this.apiKeys = target.noApiKeys === undefined ? this.keySchemes : [];
  }

  /** Names of the schemes for which an authorizer can be set. */
  public get names(): string[] {
    return Object.keys(this.schemes);
  }

  /** @param own the authorizer that is set for the operation itself */
  public of(operation: Operation, own: Authorizer | undefined): OperationSecurity<Authorizer> {
    const alternatives = this.alternativesOf(operation);
    const apiKeyRequired = alternatives.length > 0 && alternatives.every((one) => this.keysOf(one).length > 0);
    if (own)
      return this.withScopes(own, operation, alternatives.length === 1 ? alternatives[0] : undefined, apiKeyRequired);
    const open = alternatives.length === 0 || alternatives.every(({ schemes }) => schemes.length === 0);
    if (open) {
      this.open(operation);
      return { apiKeyRequired };
    }
    return this.choose(alternatives, operation);
  }

  private choose(alternatives: readonly Alternative[], operation: Operation): OperationSecurity<Authorizer> {
    const usable = alternatives.filter(
      (one) => this.authorizersOf(one, operation).length === 1 && this.unmapped(one).length === 0,
    );
    const [chosen, ...others] = usable;
    if (!chosen) {
      const [only] = alternatives;
      if (alternatives.length === 1 && this.unmapped(only).length === 0) {
        // Only API keys are asked for; they meter callers, and who they are is for the default to say.
        if (this.authorizersOf(only, operation).length === 0) return API_KEY;
        this.ambiguous(only.place, `requires ${only.schemes.map(([name]) => show(name)).join(' and ')} together`);
        return { apiKeyRequired: false };
      }
      if (alternatives.every((one) => this.unmapped(one).length === 0)) return API_KEY;
      this.missing(alternatives);
      return { apiKeyRequired: false };
    }
    const [first] = this.authorizersOf(chosen, operation);
    const nameOf = (authorizer: Authorizer): string => this.describe(authorizer, operation).name;
    if (others.some((one) => nameOf(this.authorizersOf(one, operation)[0]) !== nameOf(first))) {
      this.ambiguous(chosen.place.slice(0, -1), 'allows several alternatives, with different authorizers');
    }
    if (alternatives.length > usable.length) this.report.repair('SecurityAlternatives', chosen.place.slice(0, -1));
    return this.withScopes(first, operation, chosen, this.keysOf(chosen).length > 0);
  }

  private withScopes(
    authorizer: Authorizer,
    operation: Operation,
    from: Alternative | undefined,
    apiKeyRequired: boolean,
  ): OperationSecurity<Authorizer> {
    const scopes = [...new Set(from?.schemes.flatMap(([, names]) => names) ?? [])];
    if (scopes.length === 0) return { authorizer, apiKeyRequired };
    const { kind } = this.describe(authorizer, operation);
    if (this.target.scopedBy.includes(kind)) return { authorizer, scopes, apiKeyRequired };
    if (kind !== 'none' && from) this.report.repair('Scopes', from.place);
    return { authorizer, apiKeyRequired };
  }

  /** The operation's own, else the root's. */
  private alternativesOf({ value, place }: Operation): Alternative[] {
    const [list, at] =
      value.security === undefined ? [this.document.security, ['security']] : [value.security, [...place, 'security']];
    if (list === undefined) return [];
    if (!Array.isArray(list)) {
      this.report.error(at, 'is not a list');
      return [];
    }
    return list.map((one: unknown, index) => this.alternative(one, [...at, String(index)]));
  }

  private alternative(value: unknown, place: readonly string[]): Alternative {
    const schemes = Object.entries(isObject(value) ? value : {}).map(([name, scopes]) => {
      if (!Object.hasOwn(this.schemes, name)) {
        this.report.error(
          [...place, name],
          `is not a scheme of #/components/securitySchemes.${suggest(name, this.names)}`,
        );
      }
      return [name, Array.isArray(scopes) ? scopes.map(String) : []] as const;
    });
    return { place, schemes };
  }

  private open(operation: Operation): void {
    const { key, value, place } = operation;
    if (!this.defaultAuthorizer) {
      this.report.error(
        place,
        `is open in the document; confirm it: authorizers: { '${key}': ${this.target.authorizer}.none('why it may be open') }, or set defaultAuthorizer`,
      );
    } else if (value.security !== undefined && this.describe(this.defaultAuthorizer, operation).kind !== 'none') {
      this.report.repair('Open', [...place, 'security']);
    }
  }

  private keysOf({ schemes }: Alternative): string[] {
    return schemes
      .map(([name]) => name)
      .filter((name) => this.apiKeys.includes(name) && at(this.authorizers, name) === undefined);
  }

  private authorizersOf({ schemes }: Alternative, operation: Operation): Authorizer[] {
    const given = schemes.flatMap(([name]) => at(this.authorizers, name) ?? []);
    return [...new Map(given.map((authorizer) => [this.describe(authorizer, operation).name, authorizer])).values()];
  }

  private unmapped(alternative: Alternative): string[] {
    const keys = this.keysOf(alternative);
    return alternative.schemes
      .map(([name]) => name)
      .filter((name) => at(this.authorizers, name) === undefined && !keys.includes(name));
  }

  private missing(alternatives: readonly Alternative[]): void {
    const { noApiKeys } = this.target;
    for (const name of new Set(alternatives.flatMap((one) => this.unmapped(one)))) {
      if (!Object.hasOwn(this.schemes, name)) continue;
      this.report.error(
        ['components', 'securitySchemes', name],
        `has no authorizer; set one: authorizers: { '${name}': ${this.target.authorizer}.… }` +
          (noApiKeys !== undefined && this.keySchemes.includes(name) ? `. ${noApiKeys}` : ''),
      );
    }
  }

  private ambiguous(place: readonly string[], why: string): void {
    this.report.error(
      place,
      `${why}, but a route has one authorizer; set one for all of the schemes, or for each operation: authorizers: { '<operationId>': … }`,
    );
  }

  /** The location that API Gateway itself supports for an API key. */
  private isApiKey(name: string): boolean {
    const scheme = this.references.follow(this.schemes[name], ['components', 'securitySchemes', name])?.value;
    return scheme?.type === 'apiKey' && scheme.in === 'header' && String(scheme.name).toLowerCase() === 'x-api-key';
  }
}
