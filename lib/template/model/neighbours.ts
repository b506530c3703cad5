import { type Located, type ResourceRef } from './place';
import { type Text } from './text';
import { type Value } from './value';

/** A VPC link: V1 is `AWS::ApiGateway::VpcLink`, V2 is `AWS::ApiGatewayV2::VpcLink`. */
export interface VpcLink extends Located {
  readonly version: 1 | 2;
  /** V1 only. */
  readonly targets: Value<VpcLinkTarget[]>;
  /** V2 only. */
  readonly subnetIds: Value<Text[]>;
  /** V2 only. */
  readonly securityGroupIds: Value<Text[]>;
}

export interface VpcLinkTarget {
  readonly arn: Text;
  /** `application`, `network`…, where the load balancer is in the templates. */
  readonly loadBalancerType?: Value<string>;
}

export interface StateMachine extends Located {
  /** Undefined where the template does not say (the service then takes STANDARD). */
  readonly type?: Value<string>;
}

export interface Alarm extends Located {
  readonly metrics: Value<AlarmMetric[]>;
}

export interface AlarmMetric {
  readonly namespace?: Text;
  readonly name?: Text;
  readonly dimensions: Value<Readonly<Record<string, Text>>>;
}

export interface WebAcl extends Located {
  readonly scope?: Value<string>;
  /** Names of the managed rule groups in its rules; unknown if one of them is unknown. */
  readonly managedGroups: Value<string[]>;
  /** Countries that any of its statements names. */
  readonly countries: readonly Country[];
  /** Whether requests that no rule allows are blocked. */
  readonly blocksOthers: Value<boolean>;
}

export interface Country extends Located {
  readonly code?: Value<string>;
}

/** A count of lines in a log group. */
export interface MetricFilter extends Located {
  readonly filterName?: Value<string>;
  readonly metrics: readonly MetricTransformation[];
}

export interface MetricTransformation extends Located {
  readonly name?: Value<string>;
  readonly namespace?: Value<string>;
}

/** The log of a web ACL. */
export interface WebAclLog extends Located {
  readonly webAclArn?: Text;
  readonly destination?: Text;
  /** The log group, if it is in the templates. */
  readonly logGroup?: LogGroup;
  /** Headers that are left out, in lower case. */
  readonly redactedHeaders: Value<Text[]>;
}

/** A role that API Gateway may assume, with the policies that the templates attach to it. */
export interface ServiceRole extends Located {
  readonly statements: readonly RoleStatement[];
}

/** A role, and whether its trust policy lets API Gateway assume it; unknown if the policy cannot be determined. */
export interface Role extends Located {
  readonly name?: Value<string>;
  readonly trustsApiGateway: Value<boolean>;
}

export interface RoleStatement extends Located {
  readonly effect?: Value<string>;
  readonly actions: readonly Text[];
  readonly resources: readonly Text[];
  readonly hasCondition: boolean;
}

/** A segment of a path, as an `AWS::ApiGateway::Resource`. */
export interface PathResource extends Located {
  readonly parent?: ResourceRef;
  readonly pathPart?: Text;
  /** The path from the root. */
  readonly path: Text;
  /** Made under a `Condition` only. */
  readonly conditional: boolean;
}

/** Security of operations that API Gateway makes nothing of. */
export interface SecurityGap extends Located {
  /** Name of the security scheme. */
  readonly scheme: string;
  /** Whether the document defines it. */
  readonly defined: boolean;
  /** Operations that name it, e.g. `GET /orders`. */
  readonly operations: string[];
}

export interface LogGroup extends Located {
  readonly name?: Text;
  readonly retentionInDays?: Value<number>;
  readonly kmsKeyId?: Text;
}

export interface WebAclAssociation extends Located {
  readonly resourceArn?: Text;
  readonly webAclArn?: Text;
  /** The API in the ARN, if it is in the templates; of any kind. */
  readonly api?: ResourceRef;
  /** The stage, if it is in the templates. */
  readonly stage?: ResourceRef;
}

export interface UsagePlan extends Located {
  readonly name?: Value<string>;
  readonly apiStages: Value<UsagePlanStage[]>;
  readonly throttle: boolean;
  readonly rateLimit?: Value<number>;
  readonly burstLimit?: Value<number>;
  readonly quota?: {
    readonly limit?: Value<number>;
    readonly period?: Value<string>;
    readonly offset?: Value<number>;
  };
  /** The keys that the templates put into the plan. */
  readonly keys?: readonly UsagePlanKey[];
}

export interface UsagePlanKey extends Located {
  readonly apiKey?: Value<ResourceRef>;
  /** The id of a key, which need not be in the templates. */
  readonly keyId?: Text;
  readonly keyType?: Value<string>;
}

export interface UsagePlanStage {
  /** A REST or a WebSocket API. */
  readonly api: Value<ResourceRef>;
  readonly stageName?: Text;
  /** The stage resource, where the name refers to one. */
  readonly stage?: ResourceRef;
  /** How many methods have a separate throttle. */
  readonly throttledMethods: Value<number>;
  /** Of single methods, by `/orders/GET`; none if they are unknown. */
  readonly throttles: readonly MethodThrottle[];
}

export interface MethodThrottle {
  readonly key: string;
  readonly rateLimit?: Value<number>;
  readonly burstLimit?: Value<number>;
}

export interface ApiKey extends Located {
  readonly name?: Value<string>;
  /** The literal value, unknown when it is a reference. */
  readonly value?: Value<string>;
  readonly enabled?: Value<boolean>;
  readonly customerId?: Value<string>;
  readonly generateDistinctId?: Value<boolean>;
  readonly stageKeys: Value<StageKey[]>;
}

/** A stage that a key is for without a usage plan, as it was before there were plans. */
export interface StageKey {
  readonly api: Value<ResourceRef>;
  readonly stageName?: Text;
  /** The stage, if it is in the templates. */
  readonly stage?: ResourceRef;
}

/** What sets the account's CloudWatch role: `AWS::ApiGateway::Account`, or a custom resource that does the same. */
export interface Account extends Located {
  readonly cloudWatchRoleArn?: Text;
  readonly custom: boolean;
  /** What the account logs with, as far as it is in the templates: the role, and the policies on it. */
  readonly parts: AccountPart[];
}

export interface AccountPart extends Located {
  /** Whether it stays when it leaves its stack, or may. */
  readonly isKept: boolean;
}
