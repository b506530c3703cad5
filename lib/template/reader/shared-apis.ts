import { type ResourceRef, resourceKey } from '../model/place';
import { Expression } from '../model/expression';
import { evaluate } from './intrinsics';
import { type App, isDict, own, type Scope } from './scope';

const ROOT = 'RootResourceId';
const IDS: readonly unknown[] = [undefined, 'RestApiId', 'ApiId', ROOT];

const STACKS = ['AWS::CloudFormation::Stack', 'AWS::Serverless::Application'];

/** What the templates hold of an API. */
interface Parts {
  /** Whether one of its resources is in another template: the user then gave what adds to it. */
  readonly isJoined: () => boolean;
  readonly hasRoutes: boolean;
  readonly hasStages: boolean;
}

/** The APIs of the templates whose id leaves them, so other templates may add routes, stages and the like. */
export class SharedApis {
  private found?: ReadonlyMap<string, 'surely' | 'perhaps'>;

  constructor(private readonly app: App) {}

  public mayHaveMore(api: ResourceRef, { isJoined, hasRoutes, hasStages }: Parts): boolean {
    const shared = this.all.get(resourceKey(api));
    if (shared === undefined || isJoined()) {
      return false;
    }
    return shared === 'surely' || !hasRoutes || !hasStages;
  }

  private get all(): ReadonlyMap<string, 'surely' | 'perhaps'> {
    if (!this.found) {
      const found = new Map<string, 'surely' | 'perhaps'>();
      for (const scope of this.app.scopes.values()) {
        for (const [value, isForPeople] of passedOn(scope)) {
          const evaluated = evaluate(value, scope);
          const reference = evaluated instanceof Expression ? evaluated.resource : undefined;
          if (reference && IDS.includes(reference.attribute)) {
            // The root resource is of no use but to add resources.
            const isPerhaps =
              isForPeople && reference.attribute !== ROOT && found.get(resourceKey(reference)) !== 'surely';
            found.set(resourceKey(reference), isPerhaps ? 'perhaps' : 'surely');
          }
        }
      }
      this.found = found;
    }
    return this.found;
  }
}

/** What a template passes on to others, and whether it may as well be for people: an output that is not exported. */
function* passedOn(scope: Scope): Iterable<[value: unknown, isForPeople: boolean]> {
  for (const name of scope.outputs) {
    const output = scope.section('Outputs', name);
    yield [own(output, 'Value'), own(output, 'Export') === undefined];
  }
  for (const logicalId of STACKS.flatMap((type) => scope.byType.get(type) ?? [])) {
    const parameters = own(own(scope.resources.get(logicalId), 'Properties'), 'Parameters');
    for (const value of isDict(parameters) && !scope.children.has(logicalId) ? Object.values(parameters) : []) {
      yield [value, false];
    }
  }
  for (const logicalId of scope.byType.get('AWS::SSM::Parameter') ?? []) {
    yield [own(own(scope.resources.get(logicalId), 'Properties'), 'Value'), false];
  }
}
