import { type SecurityGap } from '../model/neighbours';
import { type Node } from '../reader/node';
import { type OpenApiDocument } from './document';
import { isKnown, UNKNOWN, type Value } from '../model/value';

/** What the security of one operation comes to, in the words of a method or a route. */
export interface OperationSecurity<A> {
  readonly authorizationType?: Value<string>;
  readonly authorizer?: Value<A>;
  readonly scopes: Value<string[]>;
  readonly apiKeyRequired: Value<boolean>;
}

/** One security scheme, as API Gateway takes it. */
export interface SecurityScheme<A> {
  readonly authorizationType?: Value<string>;
  readonly authorizer?: A;
  readonly isApiKey: boolean;
}

const UNKNOWN_SCHEME: SecurityScheme<never> = { authorizationType: UNKNOWN, isApiKey: false };

/** What SAM leaves in the security of an operation that is to have no default; no scheme has the name. */
const MARKERS = ['NONE', 'api_key_false'];

/** The security schemes of a body, and how its operations use them. */
export class BodySecurity<A> {
  private readonly schemes = new Map<string, SecurityScheme<A>>();
  private readonly gapsByScheme = new Map<string, SecurityGap>();

  /** What operations that say nothing inherit; undefined if they inherit nothing. */
  private readonly root?: Node;
  private readonly areSchemesTold: boolean;

  /** @param inherits whether the import gives the security at the root to operations without their own */
  constructor(document: OpenApiDocument, read: (scheme: Node, key: string) => SecurityScheme<A>, inherits: boolean) {
    const root = document.root.get('security');
    if (inherits && !root.isAbsent) this.root = root;
    this.areSchemesTold = document.securitySchemes.isTold;
    for (const node of document.securitySchemes.entries()) {
      const scheme = document.follow(node);
      this.schemes.set(node.name, scheme.isTold ? read(scheme, node.name) : UNKNOWN_SCHEME);
    }
  }

  public get authorizers(): A[] {
    return [...this.schemes.values()].flatMap(({ authorizer }) => authorizer ?? []);
  }

  public get gaps(): SecurityGap[] {
    return [...this.gapsByScheme.values()];
  }

  public of(operation: Node, path: string): OperationSecurity<A> {
    const explicit = operation.get('x-amazon-apigateway-auth').get('type').upper();
    const own = operation.get('security');
    if (!own.isAbsent) return this.required(own, explicit, operation, path);
    if (!this.root) return { authorizationType: explicit, scopes: [], apiKeyRequired: false };
    const inherited = this.required(this.root, explicit, operation, path);
    // Which of the two wins is documented nowhere.
    const isClear = explicit === undefined || explicit === inherited.authorizationType;
    return isClear ? inherited : { ...inherited, authorizationType: UNKNOWN, authorizer: UNKNOWN };
  }

  private required(
    requirements: Node,
    explicit: Value<string> | undefined,
    operation: Node,
    path: string,
  ): OperationSecurity<A> {
    const items = requirements.items();
    if (items === UNKNOWN) {
      return { authorizationType: explicit ?? UNKNOWN, authorizer: UNKNOWN, scopes: UNKNOWN, apiKeyRequired: UNKNOWN };
    }
    let authorizationType: Value<string> | undefined;
    let authorizer: Value<A> | undefined;
    let scopes: Value<string[]> = [];
    let apiKeyRequired = false;
    const ignored: Node[] = [];
    for (const item of items) {
      if (!item.isTold) {
        return {
          authorizationType: explicit ?? UNKNOWN,
          authorizer: UNKNOWN,
          scopes: UNKNOWN,
          apiKeyRequired: UNKNOWN,
        };
      }
      for (const entry of item.entries()) {
        const found = this.schemes.get(entry.name) ?? (this.areSchemesTold ? undefined : UNKNOWN_SCHEME);
        if (!found && MARKERS.includes(entry.name)) continue;
        if (!found?.isApiKey && found?.authorizationType === undefined) {
          ignored.push(entry);
        }
        if (found?.isApiKey) {
          apiKeyRequired = true;
        } else if (!found) {
          if (authorizationType === undefined) {
            authorizationType = authorizer = UNKNOWN;
          }
        } else if (found.authorizationType !== undefined && !isKnown(authorizationType)) {
          ({ authorizationType } = found);
          authorizer = found === UNKNOWN_SCHEME ? UNKNOWN : found.authorizer;
          scopes = entry.strings();
        }
      }
    }
    // Where something else guards the operation, it is not open.
    if (!isKnown(authorizationType) && (explicit === undefined || explicit === 'NONE')) {
      ignored.forEach((entry) => this.addGap(entry, operation, path));
    }
    return { authorizationType: authorizationType ?? explicit ?? 'NONE', authorizer, scopes, apiKeyRequired };
  }

  private addGap(requirement: Node, { name: verb }: Node, path: string): void {
    const { name: scheme, location } = requirement;
    const operation = `${verb.startsWith('x-') ? 'ANY' : verb.toUpperCase()} ${path}`;
    const gap = this.gapsByScheme.get(scheme);
    if (gap) {
      gap.operations.push(operation);
    } else {
      this.gapsByScheme.set(scheme, {
        location,
        scheme,
        defined: this.schemes.has(scheme),
        operations: [operation],
      });
    }
  }
}
