import { suggest } from '../lookup/nearest';
import { Owner } from '../authoring/errors';
import { isObject, type Schema } from '../json-schema/subschemas';
import { type OpenApiDefinition } from './definition';
import { type Operation, operationsOf } from './operations';
import { References } from './references';
import { type SharedRepair } from './repairs';
import { Report } from './report';
import { type DescribeAuthorizer, type OperationSecurity, Security } from './security';
import { type OpenApiTarget } from './target';

/** A document with the integrations and authorizers of its operations. */
export interface OpenApiGiven<Integration, Authorizer> {
  readonly definition: OpenApiDefinition;
  readonly integrations?: { readonly [operation: string]: Integration };
  readonly defaultIntegration?: Integration;
  readonly authorizers?: { readonly [schemeOrOperation: string]: Authorizer };
  readonly defaultAuthorizer?: Authorizer;
}

/** An operation with the options that the user set for it. */
export interface OperationDraft<Integration, Authorizer, More> {
  readonly operation: Operation;
  readonly integration: Integration;
  readonly security: OperationSecurity<Authorizer>;
  readonly more: More;
}

/** What differs by the kind of API. */
export interface OpenApiReaderOptions<Authorizer, Repair extends string> {
  readonly target: OpenApiTarget;
  /** The kinds of changes, and what they mean. */
  readonly repairs: Readonly<Record<Repair | SharedRepair, string>>;
  /** Checks that a route can coexist with those before it: throws if it cannot. */
  readonly check: (key: string, owner: Owner) => void;
  /** What an authorizer comes to. */
  readonly describe: (authorizer: Authorizer, key: string, owner: Owner) => ReturnType<DescribeAuthorizer<Authorizer>>;
}

/** Reads the operations of a document, and finds all that is wrong with it. */
export class OpenApiReader<Integration, Authorizer extends object, Repair extends string> {
  public readonly document: Schema;
  public readonly report: Report<Repair | SharedRepair>;
  public readonly references: References;
  /** The owner of the definition, for messages. */
  public readonly owner: Owner;
  private readonly operations: readonly Operation[];
  private readonly security: Security<Authorizer>;
  private readonly target: OpenApiTarget;

  constructor(
    id: string,
    private readonly given: OpenApiGiven<Integration, Authorizer>,
    { target, repairs, check, describe }: OpenApiReaderOptions<Authorizer, Repair>,
  ) {
    const { definition, integrations = {}, authorizers = {}, defaultAuthorizer } = given;
    const gateway = new Owner(`${target.gateway} '${id}'`);
    this.owner = gateway.part('OpenAPI definition');
    this.target = target;
    const document = (this.document = definition._document);
    const report = (this.report = new Report(repairs));
    rejectExtensions(document, [], report);
    const references = (this.references = new References(document, report));
    const operations = (this.operations = operationsOf(document, target, references, report));
    for (const operation of operations) checkPath(operation, gateway, target, check, report);
    const describeOn = (authorizer: Authorizer, { key }: Operation) =>
      describe(authorizer, key, gateway.part(`route "${key}"`));
    this.security = new Security(document, authorizers, defaultAuthorizer, describeOn, target, references, report);
    checkKeys('integrations', Object.keys(integrations), operations, [], report);
    checkKeys('authorizers', Object.keys(authorizers), operations, this.security.names, report);
  }

  /**
   * The operations, each with its integration, its security and its other options.
   * @throws if API Gateway does not accept the document or its options: one error with all problems
   */
  public drafts<More>(more: (operation: Operation) => More): OperationDraft<Integration, Authorizer, More>[] {
    const { integrations = {}, authorizers = {}, defaultIntegration } = this.given;
    const drafts = this.operations.flatMap((operation) => {
      const integration = own(operation, integrations) ?? defaultIntegration;
      if (!integration) {
        this.report.error(
          operation.place,
          `has no integration; add one: integrations: { '${operation.operationId ?? operation.key}': ${this.target.integration}.… }`,
        );
      }
      const security = this.security.of(operation, own(operation, authorizers));
      const draft = { operation, security, more: more(operation) };
      return integration ? [{ ...draft, integration }] : [];
    });
    this.report.throwErrors(this.owner);
    return drafts;
  }

  /** The description of the API from `info`. */
  public get info(): { readonly title?: string; readonly description?: string } {
    const info: Schema = isObject(this.document.info) ? this.document.info : {};
    const text = (key: string) => (typeof info[key] === 'string' ? info[key] : undefined);
    return { title: text('title'), description: text('description') };
  }
}

/** The user's options for the operation, by its id, or else by its method and path. */
function own<T>({ operationId, key }: Operation, given: { readonly [key: string]: T }): T | undefined {
  const byId = operationId !== undefined && Object.hasOwn(given, operationId) ? given[operationId] : undefined;
  return byId ?? (Object.hasOwn(given, key) ? given[key] : undefined);
}

/** A name with no meaning, or with two. */
function checkKeys(
  prop: string,
  given: readonly string[],
  operations: readonly Operation[],
  schemes: readonly string[],
  report: Report<SharedRepair>,
): void {
  const ids = operations.flatMap(({ operationId }) => operationId ?? []);
  const keys = operations.map(({ key }) => key);
  for (const name of given) {
    if (ids.includes(name) && schemes.includes(name)) {
      report.error(
        [],
        `${prop} has "${name}", which is both an operationId and a security scheme; for the operation, use its method and path`,
      );
    } else if (![...ids, ...keys, ...schemes].includes(name)) {
      const kinds = schemes.length > 0 ? 'operation or security scheme' : 'operation';
      report.error(
        [],
        `${prop} has "${name}", which is not an ${kinds} of the document.${suggest(name, [...ids, ...keys, ...schemes])}`,
      );
    }
  }
  for (const { operationId, key } of operations) {
    if (operationId !== undefined && given.includes(operationId) && given.includes(key) && operationId !== key) {
      report.error([], `${prop} has both "${operationId}" and "${key}", which are the same operation; keep one`);
    }
  }
}

/** Every path that the API cannot serve is an error of the report, not only the first one. */
function checkPath(
  { key, method, place }: Operation,
  owner: Owner,
  { api }: OpenApiTarget,
  check: (key: string, owner: Owner) => void,
  report: Report<SharedRepair>,
): void {
  try {
    check(key, owner);
  } catch (error) {
    // By path, so it is reported once, whatever the number of methods.
    const message = (error as Error).message.replace(`${owner}: route "${key}": `, '').replaceAll(`"${method} /`, '"/');
    report.error(place.slice(0, -1), `cannot be served by ${api}: ${message}`);
  }
}

/** Maps whose keys are names, of which any is legal. */
const NAMES = [
  'content',
  'encoding',
  'examples',
  'headers',
  'mapping',
  'properties',
  'requestBodies',
  'schemas',
  'scopes',
  'securitySchemes',
  'variables',
];
/** What holds data of any form. */
const DATA = ['default', 'enum', 'example', 'value'];

/** The extensions that the gateway writes itself, and would otherwise drop silently. */
function rejectExtensions(
  value: unknown,
  path: readonly string[],
  report: Report<SharedRepair>,
  areNames = false,
): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    const place = [...path, key];
    if (areNames) rejectExtensions(part, place, report);
    else if (key.startsWith('x-amazon-')) {
      report.error(
        place,
        'is an extension of API Gateway, which the gateway writes itself from integrations, authorizers and its other properties; ' +
          'remove it ("apigw openapi --clean" does)',
      );
    } else if (!DATA.includes(key)) rejectExtensions(part, place, report, NAMES.includes(key));
  }
}
