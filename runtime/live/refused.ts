/** What was asked for is not safe, or not possible, in the state that the stage is in. Nothing was written. */
export class Refused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Refused';
  }
}

/** Somebody else moved the stage in the meantime: the caller's picture of it is old. */
export class Superseded extends Refused {
  constructor(message: string) {
    super(message);
    this.name = 'Superseded';
  }
}
