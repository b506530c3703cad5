import { type IConstruct } from 'constructs';
import { type ConstructIndex } from './constructs';
import { granularId, PLUGIN_NAME, recordedId } from './finding-id';
import { type Finding } from './rule';

/** As `Validations.ACKNOWLEDGED_RULES_METADATA_KEY`. */
export const ACKNOWLEDGED_RULES = 'aws:cdk:acknowledged-rules';

/** The acknowledgement of one place, e.g. of one route. */
export interface GranularAcknowledgement {
  /** The name to report the finding under, e.g. `ALL-AUTH1[GET /health]`. */
  readonly name: string;
  /** Path of the construct that acknowledges it. */
  readonly path: string;
  readonly reason: unknown;
}

/** The acknowledgements in the app, by rule and by route. */
export class Acknowledgements {
  /** Id as CDK records it → path of the construct that acknowledges it → reason. */
  private readonly scopes = new Map<string, Map<string, unknown>>();

  constructor(
    app: IConstruct,
    private readonly index: ConstructIndex,
  ) {
    for (const construct of app.node.findAll()) {
      for (const { type, data } of construct.node.metadata) {
        if (type === ACKNOWLEDGED_RULES && typeof data === 'object' && data !== null) {
          Object.entries(data).forEach(([id, reason]) => this.add(id, construct.node.path, reason));
        }
      }
    }
  }

  /**
   * The acknowledgement of the finding's own place; undefined if there is none. CDK compares whole names, so a
   * finding whose own route is acknowledged must be reported under that route's name, and any other under the name of its
   * rule.
   */
  public granularOf(finding: Finding): GranularAcknowledgement | undefined {
    const name = granularId(finding);
    const scopes = name === undefined ? undefined : this.scopes.get(recordedId(name));
    const path = scopes && this.closest(finding, scopes);
    return name === undefined || path === undefined ? undefined : { name, path, reason: scopes?.get(path) };
  }

  /** The path nearest to the construct of the finding, among those around it: the one that CDK uses. */
  private closest(finding: Finding, scopes: ReadonlyMap<string, unknown>): string | undefined {
    const segments = this.index.pathOf(finding)?.split('/') ?? [];
    for (let depth = segments.length; depth > 0; depth--) {
      const path = segments.slice(0, depth).join('/');
      if (scopes.has(path)) return path;
    }
    return scopes.has('') ? '' : undefined;
  }

  private add(id: string, path: string, reason: unknown): void {
    if (id.startsWith(`${PLUGIN_NAME}::`)) {
      this.scopes.set(id, (this.scopes.get(id) ?? new Map<string, unknown>()).set(path, reason));
    }
  }
}
