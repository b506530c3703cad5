import { type Located, type ResourceRef } from './place';
import { type Texts } from './text';
import { type Value } from './value';

export interface Canary extends Located {
  readonly percentTraffic?: Value<number>;
  readonly deployment?: Value<ResourceRef>;
  readonly useStageCache?: Value<boolean>;
  /** Stage variables that the canary has for itself; undefined where the template does not say. */
  readonly overrides?: Variables;
  /** The same with their references; unknown values are texts of which nothing can be said. */
  readonly overrideTexts: Value<Texts>;
}

/** Stage variables; unknown if the template does not determine them. */
export type Variables = Value<Readonly<Record<string, Value<string>>>>;

export interface MethodSetting extends Located {
  /** `*` or a method in upper case. */
  readonly httpMethod?: Value<string>;
  /** Decoded: `/*` for all, `/orders/{id}` for one. */
  readonly resourcePath?: Value<string>;
  /** As written: `/~1orders~1{id}`. */
  readonly rawResourcePath?: Value<string>;
  readonly loggingLevel?: Value<string>;
  readonly dataTraceEnabled?: Value<boolean>;
  readonly metricsEnabled?: Value<boolean>;
  readonly throttlingRateLimit?: Value<number>;
  readonly throttlingBurstLimit?: Value<number>;
  readonly cachingEnabled?: Value<boolean>;
  readonly cacheTtlInSeconds?: Value<number>;
  readonly cacheDataEncrypted?: Value<boolean>;
}
