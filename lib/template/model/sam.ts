import { type Located } from './place';

/** An event of SAM with the method and path of an earlier one, for which SAM rejects the template. */
export interface RepeatedEvent extends Located {
  readonly kind: 'rest' | 'http';
  /** `POST /orders`, or `$default`. */
  readonly route: string;
  /** As people name it, e.g. `the event Get of Orders`. */
  readonly event: string;
  readonly earlier: string;
}

/** What the transform of SAM refuses. */
export interface SamFault extends Located {
  readonly message: string;
  readonly severity?: 'warning';
}
