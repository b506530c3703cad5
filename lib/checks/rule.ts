import { type GatewayKind } from '../facts/kinds';
import { type AnyStage, type ApiModel, type Location } from '../template/model/model';
import { type Position } from '../template/model/place';

/** The severity of a finding: `error` fails the synth, the others are shown. */
export type RuleSeverity = 'error' | 'warning' | 'info';

/** The purpose of an app: see `CheckProfile`. */
export type Profile = 'production' | 'development';

/** The kinds of API that a rule applies to. */
export type ApiKind = GatewayKind | 'domain';

/** Tools and catalogs whose own rules are mapped to these. */
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

/** What every stage should have; what one lacks of these is shown together. */
export type StageSetting =
  | 'access log'
  | 'log retention'
  | 'role for logs'
  | 'throttle'
  | 'execution log'
  | 'metrics'
  | 'tracing'
  | 'TLS 1.2'
  | 'web ACL';

/** Equivalent rules of other tools, by their ids; KICS uses the first eight digits. */
export type SameRules = Readonly<Partial<Record<Framework, readonly string[]>>>;

/**
 * What to write instead, for each of the ways to write an API: code in backticks, one or two sentences in the imperative.
 * A test compares names in backticks with the library, the CDK and CloudFormation.
 */
export interface Fix {
  /** With the constructs of this library. */
  readonly library: string;
  /** With the L2 constructs of aws-cdk-lib; undefined if they have no equivalent and `cloudFormation` says what to set on the L1. */
  readonly l2?: string;
  /** In a template, or in an L1, whose properties have the same names; and in an OpenAPI document. */
  readonly cloudFormation: string;
}

/** One check of the model: pure, and silent about unknown values. */
export interface Rule {
  /** As in the catalog, e.g. `REST-LOG1`; the file name starts with it. */
  readonly id: string;
  readonly appliesTo: readonly ApiKind[];
  readonly severity: RuleSeverity;
  /** One line: the requirement. */
  readonly title: string;
  /** The consequence of a violation. */
  readonly why: string;
  readonly fix: Fix;
  /** The source of the claim. */
  readonly link: string;
  /** The rules of other tools that check the same, at least in part. */
  readonly sameAs?: SameRules;
  /** What the stage of a violation lacks. */
  readonly setting?: StageSetting;
  /** Whether it looks at the form of a value alone: where another rule says more of the same place, it says nothing. */
  readonly general?: boolean;
  /** Severities that differ in a profile. */
  readonly profiles?: Readonly<Partial<Record<Profile, RuleSeverity>>>;
  readonly check: (model: ApiModel) => Iterable<Violation>;
}

/** One place that violates a rule. */
export interface Violation {
  readonly location: Location;
  /** The actual state, with the names of route, stage and value. */
  readonly message: string;
  /** A lower severity than that of the rule, for this place; never a higher one. */
  readonly severity?: RuleSeverity;
  /** Distinguishes this place from others in the same resource, e.g. `GET /health`: acknowledged as `ApiGateway::ID[key]`. */
  readonly key?: string;
  /** Where in the file it is, if the location does not lead there. */
  readonly position?: Position;
  /** The stage that lacks the setting of the rule. */
  readonly stage?: AnyStage;
}

/** A violation with all data for the reader of a report. */
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
  /** Property path inside the resource, joined with dots. */
  readonly path: string;
  /** The same, key by key. */
  readonly segments: readonly string[];
  /** As in the violation. */
  readonly position?: Position;
  readonly lack?: StageLack;
}

/** A setting that a stage lacks. */
export interface StageLack {
  readonly setting: StageSetting;
  /** `stage "prod"`. */
  readonly stage: string;
  /** Whether the stage is one of an HTTP or WebSocket API. */
  readonly isV2: boolean;
  readonly location: Location;
}
