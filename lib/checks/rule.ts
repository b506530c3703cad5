import { type GatewayKind } from '../facts/kinds';
import { type ApiModel, type Location } from '../template/model/model';

/** How much a finding matters: `error` fails the synth, the others are shown. */
export type RuleSeverity = 'error' | 'warning' | 'info';

/** What an app is for: see `CheckProfile`. */
export type Profile = 'production' | 'development';

/** The kinds of API a rule speaks of. */
export type ApiKind = GatewayKind | 'domain';

/** Tools and catalogues whose own rules are mapped to these. */
export const FRAMEWORKS = [
  'cdk-nag',
  'checkov',
  'trivy',
  'kics',
  'cfn-nag',
  'cfn-lint',
  'serverless-rules',
  'terrascan',
  'security-hub',
  'aws-config',
  'control-tower',
] as const;

export type Framework = (typeof FRAMEWORKS)[number];

/** Where else a rule is known, and by which ids; KICS goes by the first eight digits. */
export type SameRules = Readonly<Partial<Record<Framework, readonly string[]>>>;

/**
 * What to write instead, for each of the ways to write an API: code in backticks, one or two sentences in the imperative.
 * Names in backticks are held against the library, the CDK and CloudFormation by a test.
 */
export interface Fix {
  /** With the constructs of this library. */
  readonly library: string;
  /** With the L2 constructs of aws-cdk-lib; absent where these have nothing for it and `cloudFormation` says what to set on the L1. */
  readonly l2?: string;
  /** In a template, or in an L1, whose properties have the same names; and in an OpenAPI document. */
  readonly cloudFormation: string;
}

/** One check over the model: pure, and silent on what is unknown. */
export interface Rule {
  /** As in the catalogue, e.g. `REST-LOG1`; the file has the same name. */
  readonly id: string;
  readonly appliesTo: readonly ApiKind[];
  readonly severity: RuleSeverity;
  /** One line: what must hold. */
  readonly title: string;
  /** What goes wrong otherwise. */
  readonly why: string;
  readonly fix: Fix;
  /** The source of the claim. */
  readonly link: string;
  /** The rules of others that look for the same, at least in part. */
  readonly sameAs?: SameRules;
  /** Where a profile judges otherwise. */
  readonly profiles?: Readonly<Partial<Record<Profile, RuleSeverity>>>;
  readonly check: (model: ApiModel) => Iterable<Violation>;
}

/** One place that breaks a rule. */
export interface Violation {
  readonly location: Location;
  /** What is there, with the names of route, stage and value. */
  readonly message: string;
  /** Where it matters less than the rule does elsewhere; never more. */
  readonly severity?: RuleSeverity;
  /** What tells this place from others in the same resource, e.g. `GET /health`: acknowledged as `ApiGateway::ID[key]`. */
  readonly key?: string;
}

/** A violation with all that a reader of a report needs. */
export interface Finding {
  readonly id: string;
  readonly severity: RuleSeverity;
  readonly title: string;
  readonly message: string;
  readonly why: string;
  readonly fix: Fix;
  readonly link: string;
  /** As in the violation. */
  readonly key?: string;
  readonly template: string;
  readonly logicalId: string;
  /** Property path inside of the resource, joined with dots. */
  readonly path: string;
}
