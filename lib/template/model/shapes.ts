import { type Located } from './place';

/** A resource of API Gateway, or one of SAM that makes such, as it is written. */
export interface GatewayResource extends Located {
  readonly type: string;
  /** What does not fit its type; computed on first use. */
  readonly odd: readonly OddProperty[];
  /** Where the template has null; none if a transform may change it. */
  readonly nulls: readonly Located[];
}

/** A property that its type does not have, that has another type, or that is missing. */
export interface OddProperty extends Located {
  readonly name: string;
  readonly fault: 'unknown' | 'type' | 'missing';
  /** `AWS::ApiGateway::Stage`, or `MethodSettings of AWS::ApiGateway::Stage`. */
  readonly owner: string;
  /** What there is, for an unknown name; what it must be, for a type. */
  readonly allowed: readonly string[];
  /** What is written, of another type. */
  readonly given?: string;
  /** Whether it is known that the deployment is refused. */
  readonly isRefused: boolean;
}
