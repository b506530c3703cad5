/** The request is not safe, or not possible, in the current state of the stage. Nothing was written. */
export class Refused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Refused';
  }
}

/** The stage was changed in the meantime: the caller's view of it is outdated. */
export class Superseded extends Refused {
  constructor(message: string) {
    super(message);
    this.name = 'Superseded';
  }
}
