import { type IConstruct } from 'constructs';
import { ConstructIndex } from './constructs';
import { granularId, PLUGIN_NAME, recordedId } from './finding-id';
import { type Finding } from './rule';

/** As `Validations.ACKNOWLEDGED_RULES_METADATA_KEY`. */
export const ACKNOWLEDGED_RULES = 'aws:cdk:acknowledged-rules';

/** What is acknowledged in the app, rule by rule and route by route. */
export class Acknowledgements {
  /** Id as CDK records it → paths of the constructs that acknowledge it. */
  private readonly scopes = new Map<string, Set<string>>();
  private index?: ConstructIndex;

  constructor(private readonly app: IConstruct) {
    for (const construct of app.node.findAll()) {
      for (const { type, data } of construct.node.metadata) {
        if (type === ACKNOWLEDGED_RULES && typeof data === 'object' && data !== null) {
          Object.keys(data).forEach((id) => this.add(id, construct.node.path));
        }
      }
    }
  }

  /**
   * The name to report a finding under. CDK compares names whole, so that a finding whose own route is acknowledged must
   * be reported under that route's name, and any other under the name of its rule.
   */
  public ruleNameOf(finding: Finding): string {
    const granular = granularId(finding);
    const scopes = granular && this.scopes.get(recordedId(granular));
    return granular && scopes && this.isUnder(finding, scopes) ? granular : finding.id;
  }

  private isUnder(finding: Finding, scopes: Set<string>): boolean {
    this.index ??= new ConstructIndex(this.app);
    const segments = this.index.pathOf(finding)?.split('/') ?? [];
    return scopes.has('') || segments.some((_, depth) => scopes.has(segments.slice(0, depth + 1).join('/')));
  }

  private add(id: string, path: string): void {
    if (id.startsWith(`${PLUGIN_NAME}::`)) {
      this.scopes.set(id, (this.scopes.get(id) ?? new Set<string>()).add(path));
    }
  }
}
