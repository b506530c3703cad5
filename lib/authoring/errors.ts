/** Wrong input to a construct: says whose, what was given and what to write instead. */
export class InvalidInputError extends Error {
  constructor(owner: string, message: string) {
    super(`${owner}: ${message}`);
    this.name = 'InvalidInputError';
  }
}

/** The owner of input, e.g. `RestGateway 'Orders'`; its errors begin with its name. */
export class Owner {
  constructor(private readonly label: string) {}

  /** The same owner, one level deeper: `RestGateway 'Orders': route "GET /orders"`. */
  public part(label: string): Owner {
    return new Owner(`${this.label}: ${label}`);
  }

  public error(message: string): InvalidInputError {
    return new InvalidInputError(this.label, message);
  }

  public toString(): string {
    return this.label;
  }
}

/** A value as written in an error message. A list that is one token has a single element, which the user has not written. */
export function show(value: unknown): string {
  if (typeof value === 'string' && value.startsWith('#{Token[')) return 'a token for a whole list';
  return typeof value === 'string' ? `"${value}"` : JSON.stringify(value);
}
