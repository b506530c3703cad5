/** Something of a live API that the gateway cannot keep by its logical id. */
export interface NotKept {
  readonly logicalId: string;
  readonly type: string;
  readonly why: string;
  readonly instead: string;
}
