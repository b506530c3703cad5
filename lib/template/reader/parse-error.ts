import { type Position } from '../model/place';

/** What is wrong in a file, and where. */
export class ParseError extends Error {
  constructor(
    public readonly what: string,
    public readonly position: Position,
  ) {
    super(`line ${position.line}, column ${position.column}: ${what}`);
  }
}
